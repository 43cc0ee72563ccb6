using Microsoft.Extensions.Caching.Memory;
using StepFlow.Execution.History;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Storage;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Executions;

/// <summary>Stores history, and tells those who watch executions of it.</summary>
internal sealed class HistoryWriter(ExecutionStorage storage, ExecutionNotifier notifier) : IDisposable
{
    /// <summary>How many characters of records are kept for observers: what they need of one does not change while it runs.</summary>
    private const long CachedCharacters = 16 * 1024 * 1024;

    private static readonly TimeSpan Cached = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _records = new(new MemoryCacheOptions { SizeLimit = CachedCharacters });

    public void Dispose() => _records.Dispose();

    /// <summary>Stores a chunk; null for nothing to store.</summary>
    public async Task StoreAndNotifyAsync(string executionArn, HistoryChunk? chunk, CancellationToken cancellationToken)
    {
        if (chunk is null)
        {
            return;
        }

        chunk = await StoreAsync(executionArn, chunk, cancellationToken);
        if (notifier.HasLiveObservers && await RecordAsync(executionArn, cancellationToken) is { } record)
        {
            notifier.PublishStored(record, [chunk]);
        }
    }

    /// <summary>Stores a chunk with all its payloads, and tells nobody.</summary>
    /// <returns>The chunk as it is stored.</returns>
    public async Task<HistoryChunk> StoreAsync(string executionArn, HistoryChunk chunk, CancellationToken cancellationToken)
    {
        HistoryChunk whole = await FillAsync(chunk, cancellationToken);
        await storage.History.AppendAsync(executionArn, [whole], isNew: chunk.FirstEventId == 1 && chunk.Part == 0, cancellationToken);
        return whole;
    }

    private async Task<ExecutionRecord?> RecordAsync(string executionArn, CancellationToken cancellationToken)
    {
        if (_records.TryGetValue(executionArn, out ExecutionRecord? cached))
        {
            return cached;
        }

        if (await storage.Records.FindAsync(executionArn, cancellationToken) is not var (json, _))
        {
            return null;
        }

        ExecutionRecord record = RecordJson.Read(json);
        _records.Set(executionArn, record, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Cached, Size = json.Utf8Length });
        return record;
    }

    /// <summary>Puts the payloads that travelled by reference back into their events.</summary>
    private async Task<HistoryChunk> FillAsync(HistoryChunk chunk, CancellationToken cancellationToken)
    {
        if (chunk.Payloads.Count == 0)
        {
            return chunk;
        }

        HistoryEvent[] events = [.. HistoryText.Read(PayloadCodec.Decompress(chunk.Content))];
        var values = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (HistoryPayload reference in chunk.Payloads)
        {
            string hash = reference.Payload.Hash!;
            long at = reference.EventId - chunk.FirstEventId;
            if (!values.TryGetValue(hash, out JsonValue? value))
            {
                values[hash] = value = await storage.ReadAsync(reference.Payload, cancellationToken);
            }

            JsonValue whole = reference.Place.Count == 0
                ? value
                : LightValue.Put(EventPayloads.Of(events[at]).First(payload => payload.Variable == reference.Variable).Value, reference.Place, value);
            events[at] = EventPayloads.With(events[at], reference.Variable, whole);
        }

        return chunk with { Content = PayloadCodec.Compress(HistoryText.Write(events)), Payloads = [] };
    }
}
