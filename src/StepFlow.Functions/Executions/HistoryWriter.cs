using StepFlow.Execution.History;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.Documents;
using StepFlow.Runtime.History;

namespace StepFlow.Functions.Executions;

/// <summary>Stores history, and notifies observers of it.</summary>
internal sealed class HistoryWriter(ExecutionStorage storage, ExecutionNotifier notifier)
{
    /// <summary>Stores chunks, and notifies the observers that receive events when they are stored.</summary>
    public async Task StoreAndNotifyAsync(string executionArn, IReadOnlyList<HistoryChunk> chunks, CancellationToken cancellationToken)
    {
        if (chunks.Count == 0)
        {
            return;
        }

        chunks = await StoreAsync(executionArn, chunks, cancellationToken);
        if (await storage.Records.FindEarlierAsync(executionArn, cancellationToken) is { } record)
        {
            notifier.PublishStored(RecordJson.Read(record), chunks);
        }
    }

    /// <summary>Stores chunks with all their payloads, without notification.</summary>
    /// <returns>The chunks as they are stored.</returns>
    public async Task<IReadOnlyList<HistoryChunk>> StoreAsync(string executionArn, IReadOnlyList<HistoryChunk> chunks, CancellationToken cancellationToken)
    {
        if (chunks.Count == 0)
        {
            return chunks;
        }

        IReadOnlyList<HistoryChunk> whole = await FillAsync(chunks, cancellationToken);
        await storage.History.AppendAsync(executionArn, whole, isNew: IsFirst(chunks[0]), cancellationToken);
        return whole;
    }

    /// <summary>Stores the last chunks of an execution, without notification.</summary>
    /// <returns>The chunks as they are stored, and all events of the execution where the chunks hold them.</returns>
    public async Task<(IReadOnlyList<HistoryChunk> Chunks, IReadOnlyList<HistoryEvent>? All)> StoreAsync(ExecutionEnd end, CancellationToken cancellationToken)
    {
        IReadOnlyList<HistoryChunk> chunks = await FillAsync(end.AllHistory, cancellationToken);
        IReadOnlyList<HistoryEvent>? all = HistoryFrames.Read(chunks) is var events && events.Count == end.EventCount ? events : null;
        if (all is not null && end.Status == ExecutionStatus.Succeeded)
        {
            await storage.History.WriteAllAsync(end.ExecutionArn, chunks, cancellationToken);
        }
        else if (chunks.Count > 0)
        {
            await storage.History.AppendAsync(end.ExecutionArn, chunks, isNew: IsFirst(chunks[0]), cancellationToken);
        }

        return (chunks, all);
    }

    /// <summary>Puts the payloads that travelled by reference back into the events of some chunks.</summary>
    public async Task<IReadOnlyList<HistoryChunk>> FillAsync(IReadOnlyList<HistoryChunk> chunks, CancellationToken cancellationToken)
    {
        var whole = new List<HistoryChunk>();
        foreach (HistoryChunk chunk in chunks)
        {
            whole.Add(await FillAsync(chunk, cancellationToken));
        }

        return whole;
    }

    private static bool IsFirst(HistoryChunk chunk) => chunk is { FirstEventId: 1, Part: 0 };

    private async Task<HistoryChunk> FillAsync(HistoryChunk chunk, CancellationToken cancellationToken)
    {
        if (chunk.Payloads.Count == 0)
        {
            return chunk;
        }

        HistoryEvent[] events = [.. HistoryText.Read(Gzip.Decompress(chunk.Content))];
        var values = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (HistoryPayload reference in chunk.Payloads)
        {
            string hash = reference.Payload.Hash!;
            long at = reference.EventId - chunk.FirstEventId;
            if (!values.TryGetValue(hash, out JsonValue? value))
            {
                values[hash] = value = await storage.ReadAsync(reference.Payload, cancellationToken);
            }

            JsonValue whole = reference.Path.Count == 0
                ? value
                : LightValue.Put(EventPayloads.Of(events[at]).First(payload => payload.Variable == reference.Variable).Value, reference.Path, value);
            events[at] = EventPayloads.With(events[at], reference.Variable, whole);
        }

        return chunk with { Content = Gzip.Compress(HistoryText.Write(events)), Payloads = [] };
    }
}
