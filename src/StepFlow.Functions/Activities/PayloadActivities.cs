using Microsoft.Azure.Functions.Worker;
using StepFlow.Functions.Orchestration;
using StepFlow.Functions.Storage;
using StepFlow.Service.MapRuns;

namespace StepFlow.Functions.Activities;

/// <summary>The activities that move what is too large for a message, part by part.</summary>
internal sealed class PayloadActivities(ExecutionStorage storage, IObjectStore objects)
{
    /// <summary>Some bytes of a payload.</summary>
    [Function(ActivityNames.ReadPayload)]
    public Task<byte[]> ReadAsync([ActivityTrigger] PayloadRange range, CancellationToken cancellationToken) =>
        storage.Payloads.ReadAsync(range.Hash, range.Offset, range.Length, cancellationToken);

    /// <summary>Stores a part of a payload.</summary>
    [Function(ActivityNames.WritePayload)]
    public Task WriteAsync([ActivityTrigger] PayloadPart part, CancellationToken cancellationToken) =>
        storage.Payloads.WritePartAsync(part.Hash, part.Part, part.Parts, part.Content, cancellationToken);

    /// <summary>Copies an object into the payload store, compressed; null where there is none.</summary>
    [Function(ActivityNames.ReadObject)]
    public async Task<Payload?> ReadObjectAsync([ActivityTrigger] ObjectAddress address, CancellationToken cancellationToken)
    {
        if (await objects.ReadAsync(address, cancellationToken) is not { } content)
        {
            return null;
        }

        byte[] stored = PayloadCodec.Compress(content.Bytes.Span);
        Payload reference = PayloadCodec.Reference(stored);
        await storage.Payloads.WriteAsync(reference.Hash!, stored, cancellationToken);
        return reference;
    }

    /// <summary>The objects of a bucket.</summary>
    [Function(ActivityNames.ListObjects)]
    public async Task<Payload> ListObjectsAsync([ActivityTrigger] ObjectListing listing, CancellationToken cancellationToken) =>
        await storage.KeepAsync(ObjectSummaries.Write(await objects.ListAsync(listing.Bucket, listing.Prefix, cancellationToken)), cancellationToken);

    /// <summary>Writes an object out of the payload store.</summary>
    [Function(ActivityNames.WriteObject)]
    public async Task WriteObjectAsync([ActivityTrigger] ObjectWrite write, CancellationToken cancellationToken)
    {
        byte[] stored = await storage.Payloads.ReadAsync(write.Content.Hash!, cancellationToken);
        await objects.WriteAsync(write.Address, PayloadCodec.Decompress(stored), cancellationToken);
    }
}
