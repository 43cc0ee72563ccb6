using Microsoft.Azure.Functions.Worker;
using StepFlow.Functions.Storage;

namespace StepFlow.Functions.Activities;

/// <summary>The activities that move payloads that are too large for a message, in parts.</summary>
internal sealed class PayloadActivities(ExecutionStorage storage)
{
    /// <summary>Some bytes of a payload.</summary>
    [Function(ActivityNames.ReadPayload)]
    public Task<byte[]> ReadAsync([ActivityTrigger] PayloadRange range, CancellationToken cancellationToken) =>
        storage.Payloads.ReadAsync(range.Hash, range.Offset, range.Length, cancellationToken);

    /// <summary>Stores a part of a payload.</summary>
    [Function(ActivityNames.WritePayload)]
    public Task WriteAsync([ActivityTrigger] PayloadPart part, CancellationToken cancellationToken) =>
        storage.Payloads.WritePartAsync(part.Hash, part.Part, part.Parts, part.Content, cancellationToken);
}
