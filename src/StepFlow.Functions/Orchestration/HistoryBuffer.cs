using StepFlow.Execution.History;
using StepFlow.Functions.Messages;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Orchestration;

/// <summary>History events that wait to be stored, as chunks that fit into a message.</summary>
internal sealed class HistoryBuffer(IEnumerable<HistoryChunk> unsaved)
{
    /// <summary>The most bytes of a chunk: base64 makes four of three, and a task's payloads share its message.</summary>
    public const int ChunkBytes = 10 * 1024;

    /// <summary>The most references of a chunk: each takes some 150 bytes.</summary>
    private const int ChunkReferences = 32;

    private readonly Queue<HistoryChunk> _chunks = new(unsaved);
    private readonly List<HistoryEvent> _events = [];

    /// <summary>Adds new events.</summary>
    public void Add(IReadOnlyList<HistoryEvent> events) => _events.AddRange(events);

    /// <summary>Everything that waits, in chunks, oldest first; nothing waits afterwards. Large payloads leave their events: a value has one reference, however many events tell of it.</summary>
    public async Task<List<HistoryChunk>> TakeAllAsync(OrchestrationPayloads payloads)
    {
        HistoryEvent[] events = [.. _events];
        _events.Clear();
        var references = new List<HistoryPayload>();
        var light = new HistoryEvent[events.Length];
        for (int i = 0; i < events.Length; i++)
        {
            light[i] = await LightenAsync(events[i], payloads, references);
        }

        foreach (HistoryChunk chunk in await payloads.WithContentAsync(() => Pack(events, light, references)))
        {
            _chunks.Enqueue(chunk);
        }

        return TakeChunks();
    }

    /// <summary>Takes back the newest chunks that were taken.</summary>
    public void PutBack(IEnumerable<HistoryChunk> chunks)
    {
        foreach (HistoryChunk chunk in chunks)
        {
            _chunks.Enqueue(chunk);
        }
    }

    /// <summary>Events as chunks, with all their payloads.</summary>
    public static List<HistoryChunk> Chunks(IReadOnlyList<HistoryEvent> events)
    {
        HistoryEvent[] all = [.. events];
        return Pack(all, all, []);
    }

    private static async Task<HistoryEvent> LightenAsync(HistoryEvent historyEvent, OrchestrationPayloads payloads, List<HistoryPayload> references)
    {
        foreach ((string? variable, JsonValue value) in EventPayloads.Of(historyEvent))
        {
            LightValue<Payload> light = payloads.Lighten(value);
            JsonValue left = light.Value;
            if (left.Utf8Length > PayloadCodec.TextBytes && await payloads.WriteAsync(left) is { Hash: not null } reference)
            {
                references.Add(new(historyEvent.Id, variable, reference));
                left = JsonValue.Null;
            }

            references.AddRange(light.Parts.Select(part => new HistoryPayload(historyEvent.Id, variable, part.Part) { Place = part.Path }));
            historyEvent = ReferenceEquals(left, value) ? historyEvent : EventPayloads.With(historyEvent, variable, left);
        }

        return historyEvent;
    }

    private static List<HistoryChunk> Pack(HistoryEvent[] events, HistoryEvent[] light, List<HistoryPayload> references)
    {
        var chunks = new List<HistoryChunk>();
        Pack(chunks, events, light, references);
        return chunks;
    }

    private static void Pack(
        List<HistoryChunk> chunks, ReadOnlySpan<HistoryEvent> events, ReadOnlySpan<HistoryEvent> light, IReadOnlyList<HistoryPayload> references)
    {
        if (events.IsEmpty)
        {
            return;
        }

        byte[] packed = PayloadCodec.Compress(HistoryText.Write(light));
        long first = events[0].Id;
        long last = events[^1].Id;
        HistoryPayload[] mine = [.. references.Where(reference => reference.EventId >= first && reference.EventId <= last)];
        if (packed.Length <= ChunkBytes && mine.Length <= ChunkReferences)
        {
            chunks.Add(new(first, 0, 1, packed) { Payloads = mine });
        }
        else if (events.Length > 1)
        {
            int half = events.Length / 2;
            Pack(chunks, events[..half], light[..half], mine);
            Pack(chunks, events[half..], light[half..], mine);
        }
        else
        {
            // What is large in it is no payload, or its many small ones are: then all of it goes in parts.
            byte[] whole = PayloadCodec.Compress(HistoryText.Write(events));
            foreach (HistoryChunk part in new HistoryChunk(first, 0, 1, whole).Split(ChunkBytes))
            {
                chunks.Add(part);
            }
        }
    }

    private List<HistoryChunk> TakeChunks()
    {
        List<HistoryChunk> all = [.. _chunks];
        _chunks.Clear();
        return all;
    }
}
