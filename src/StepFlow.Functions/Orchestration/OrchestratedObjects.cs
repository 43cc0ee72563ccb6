using Microsoft.DurableTask;
using StepFlow.Functions.Activities;
using StepFlow.Service.MapRuns;

namespace StepFlow.Functions.Orchestration;

/// <summary>Objects as an orchestration reads and writes them: through activities, their content by way of the payload store.</summary>
internal sealed class OrchestratedObjects(TaskOrchestrationContext context, OrchestrationPayloads payloads) : IObjectStore
{
    /// <inheritdoc/>
    public async Task<ObjectContent?> ReadAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        Payload? payload = await context.CallActivityAsync<Payload?>(ActivityNames.ReadObject, address, ActivityOptions.Retried);
        return payload is null ? null : new(PayloadCodec.Decompress(await payloads.FetchAsync(payload)));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ObjectSummary>> ListAsync(string bucket, string prefix, CancellationToken cancellationToken)
    {
        Payload payload = await context.CallActivityAsync<Payload>(
            ActivityNames.ListObjects, new ObjectListing(bucket, prefix), ActivityOptions.Retried);
        return ObjectSummaries.Read(await payloads.ReadAsync(payload));
    }

    /// <inheritdoc/>
    public async Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Payload stored = await payloads.StoreAsync(PayloadCodec.Compress(content.Span));
        await context.CallActivityAsync(ActivityNames.WriteObject, new ObjectWrite(address, stored), ActivityOptions.Retried);
    }
}
