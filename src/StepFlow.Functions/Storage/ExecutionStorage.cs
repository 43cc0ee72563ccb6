using System.Text;
using Azure.Storage.Blobs;
using StepFlow.Execution.Snapshots;
using StepFlow.Runtime.Documents;

namespace StepFlow.Functions.Storage;

/// <summary>The containers that hold executions.</summary>
/// <param name="service">The storage account.</param>
/// <param name="prefix">The prefix of the containers' names. Empty, unless several installations share an account.</param>
internal sealed class ExecutionStorage(BlobServiceClient service, string prefix = "") : IDisposable
{
    /// <summary>The container of documents.</summary>
    public const string Documents = "stepflow-documents";

    public ExecutionRecords Records { get; } = new(service.GetBlobContainerClient(prefix + "stepflow-executions"));

    public ExecutionIndex Index { get; } = new(service.GetBlobContainerClient(prefix + "stepflow-index"));

    public HistoryBlobs History { get; } = new(service.GetBlobContainerClient(prefix + "stepflow-history"));

    /// <summary>The first result that each task was given from outside.</summary>
    public TaskResultBlobs TaskResults { get; } = new(service.GetBlobContainerClient(prefix + "stepflow-answers"));

    public PayloadStore Payloads { get; } = new(service.GetBlobContainerClient(prefix + "stepflow-payloads"));

    /// <summary>The inputs of the children of Map Runs.</summary>
    public MapRunPages MapRunPages { get; } = new(service.GetBlobContainerClient(prefix + "stepflow-map-runs"));

    /// <summary>How the Express children of Map Runs ended.</summary>
    public MapRunOutcomeBlobs MapRunOutcomes { get; } = new(service.GetBlobContainerClient(prefix + "stepflow-map-runs"));

    /// <summary>Copies of the compressed files that a Map Run reads.</summary>
    public MapRunCopies CopiesOf(string mapRunArn) => new(service.GetBlobContainerClient(prefix + "stepflow-map-runs"), mapRunArn);

    /// <summary>The names of the containers to create.</summary>
    public static IReadOnlyList<string> Containers { get; } =
        [Documents, "stepflow-executions", "stepflow-index", "stepflow-history", "stepflow-payloads", "stepflow-answers", "stepflow-map-runs"];

    /// <inheritdoc/>
    public void Dispose() => Records.Dispose();

    /// <summary>A value as a payload that fits into a message.</summary>
    public async Task<Payload> StoreAsync(JsonValue value, CancellationToken cancellationToken)
    {
        Payload payload = await StoreAsync(value.ToUtf8(), cancellationToken);
        return payload.Hash is null ? payload : payload with { Shape = PayloadShape.Of(value) };
    }

    /// <summary>Stores a value as the payload of an activity's result. Unless it is very large, the payload also contains it.</summary>
    public async Task<Payload> StoreResultAsync(JsonValue value, CancellationToken cancellationToken)
    {
        if (PayloadCodec.TryInline(value.ToUtf8(), out byte[] stored) is { } inline)
        {
            return inline;
        }

        Payload reference = PayloadCodec.Reference(stored) with { Shape = PayloadShape.Of(value) };
        await Payloads.WriteAsync(reference.Hash!, stored, cancellationToken);
        return stored.Length <= PayloadCodec.PartBytes ? reference with { Packed = stored } : reference;
    }

    /// <summary>A text as a payload that fits into a message; null for none.</summary>
    public async Task<Payload?> StoreTextAsync(string? text, CancellationToken cancellationToken) =>
        text is null ? null : await StoreAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    /// <summary>A text in UTF-8 as a payload that fits into a message.</summary>
    public async Task<Payload> StoreAsync(byte[] utf8, CancellationToken cancellationToken)
    {
        if (PayloadCodec.TryInline(utf8, out byte[] stored) is { } inline)
        {
            return inline;
        }

        Payload reference = PayloadCodec.Reference(stored);
        await Payloads.WriteAsync(reference.Hash!, stored, cancellationToken);
        return reference;
    }

    /// <summary>The value of a payload.</summary>
    public async Task<JsonValue> ReadAsync(Payload payload, CancellationToken cancellationToken)
    {
        JsonValue value = JsonValue.Parse(await ReadUtf8Async(payload, cancellationToken));
        foreach (InnerPayload inner in payload.Inner ?? [])
        {
            value = LightValue.Put(value, inner.Path, await ReadAsync(inner.Payload, cancellationToken));
        }

        return value;
    }

    /// <summary>
    /// A snapshot as a payload for its orchestration. If it does not fit into a message, its large values are stored by
    /// themselves and referenced in it, and the text of the input is only in the record when no turn needs it any more.
    /// </summary>
    public async Task<Payload> StoreSnapshotAsync(byte[] snapshot, CancellationToken cancellationToken)
    {
        if (PayloadCodec.TryInline(snapshot, out _) is { } inline)
        {
            return inline;
        }

        var payloads = SnapshotPayloads.Read(snapshot);
        var values = new List<JsonValue>();
        foreach (JsonValue value in payloads.Values)
        {
            bool isLarge = value.Deferred is null && value.Utf8Length > PayloadCodec.TextBytes;
            values.Add(isLarge && PayloadReferences.Of(await StoreAsync(value, cancellationToken)) is { } reference
                ? JsonValue.Defer(new StoredContent(reference, static _ => null))
                : value);
        }

        return await StoreAsync((payloads.NeedsInputText ? payloads : payloads.WithInputText(null)).Write(values), cancellationToken);
    }

    /// <summary>A snapshot with all its values, for readers that cannot load them later, or that store it for a long time.</summary>
    public async Task<byte[]> ReadSnapshotAsync(Payload payload, CancellationToken cancellationToken)
    {
        byte[] snapshot = await ReadUtf8Async(payload, cancellationToken);
        var payloads = SnapshotPayloads.Read(snapshot);
        var values = new List<JsonValue>();
        bool isWhole = true;
        foreach (JsonValue value in payloads.Values)
        {
            LightValue<ValueReference> light = LightValue.Of(value, static part => part.Deferred?.Reference);
            JsonValue whole = light.Value;
            foreach ((IReadOnlyList<int> path, ValueReference part) in light.Parts)
            {
                isWhole = false;
                whole = LightValue.Put(whole, path, await ReadAsync(PayloadReferences.Read(part), cancellationToken));
            }

            values.Add(whole);
        }

        return isWhole ? snapshot : payloads.Write(values);
    }

    public async Task<string?> ReadTextAsync(Payload? payload, CancellationToken cancellationToken) =>
        payload is null ? null : Encoding.UTF8.GetString(await ReadUtf8Async(payload, cancellationToken));

    /// <summary>The text of a payload, in UTF-8.</summary>
    public async Task<byte[]> ReadUtf8Async(Payload payload, CancellationToken cancellationToken) =>
        PayloadCodec.TryRead(payload) ?? Gzip.Decompress(await Payloads.ReadAsync(payload.Hash!, cancellationToken));
}
