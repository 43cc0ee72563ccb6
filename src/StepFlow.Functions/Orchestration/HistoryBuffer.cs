using StepFlow.Execution.History;
using StepFlow.Runtime.Documents;
using StepFlow.Runtime.History;

namespace StepFlow.Functions.Orchestration;

/// <summary>History events that must be stored, as chunks that fit into a message. A chunk is never made again with other events, because storage identifies it by its first event.</summary>
/// <param name="unsaved">Chunks that wait already.</param>
/// <param name="comesBack">Whether tasks can return the history of their messages: see <see cref="ExecutionInput.SparesMessages"/>.</param>
internal sealed class HistoryBuffer(IEnumerable<HistoryChunk> unsaved, bool comesBack)
{
    /// <summary>The most bytes of a chunk: base64 makes four of three, and a task's payloads share its message.</summary>
    public const int ChunkBytes = 10 * 1024;

    /// <summary>The maximum size of the history that a task can return. It makes the next message larger.</summary>
    public const int MaxReturnedBytes = 3 * 1024;

    /// <summary>The most references of a chunk: each takes some 150 bytes.</summary>
    private const int ChunkReferences = 32;

    /// <summary>After this time, by the execution's clock, an event is stored as soon as an activity runs, because users look at running executions.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly List<HistoryChunk> _chunks = [.. unsaved];
    private readonly List<HistoryEvent> _events = [];
    private readonly Dictionary<string, IReadOnlyList<HistoryChunk>> _riding = new(StringComparer.Ordinal);
    private DateTimeOffset? _oldest;

    public void Add(IReadOnlyList<HistoryEvent> events) => _events.AddRange(events);

    /// <summary>Removes and returns all events, in chunks, oldest first. Large payloads are replaced by references. A value has one reference, even if several events contain it.</summary>
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

        _chunks.AddRange(await payloads.WithContentAsync(() => Pack(events, light, references)));
        List<HistoryChunk> all = [.. _chunks.OrderBy(static chunk => chunk.FirstEventId).ThenBy(static chunk => chunk.Part)];
        _chunks.Clear();
        return all;
    }

    /// <summary>Takes back chunks that were taken and are not stored.</summary>
    public void PutBack(IEnumerable<HistoryChunk> chunks) => _chunks.AddRange(chunks);

    /// <summary>Adds chunks to the message of a task, which may return them.</summary>
    /// <param name="now">The execution's time.</param>
    /// <param name="isAlone">Whether no other activity runs. While others run, history that a task returns would have to wait.</param>
    /// <returns>How long they may wait; null where they are to be stored before the task runs.</returns>
    public TimeSpan? Attach(string taskId, IReadOnlyList<HistoryChunk> chunks, DateTimeOffset now, bool isAlone)
    {
        if (!comesBack)
        {
            return null;
        }

        _oldest ??= now;
        TimeSpan left = LongestWait - (now - _oldest.Value);
        if (!isAlone || left <= TimeSpan.Zero || chunks.Count == 0 || chunks.Any(static chunk => chunk.Parts > 1)
            || chunks.Sum(static chunk => chunk.Content.Length) > MaxReturnedBytes || chunks.Sum(static chunk => chunk.Payloads.Count) > ChunkReferences)
        {
            left = TimeSpan.Zero;
        }

        _riding[taskId] = chunks;
        if (left == TimeSpan.Zero)
        {
            _oldest = null;
            return null;
        }

        return left;
    }

    /// <summary>A task has ended or was cancelled.</summary>
    /// <param name="isStored">Whether the task reports that it has stored the chunks. If not, it may have stored them; storing a chunk again is harmless.</param>
    public void TaskEnded(string taskId, bool isStored)
    {
        if (!_riding.Remove(taskId, out IReadOnlyList<HistoryChunk>? chunks))
        {
            return;
        }

        if (!isStored)
        {
            PutBack(chunks);
        }
        else
        {
            _oldest = null;
        }
    }

    /// <summary>No task is awaited any more.</summary>
    public void AllTasksEnded()
    {
        foreach (string taskId in _riding.Keys.ToArray())
        {
            TaskEnded(taskId, isStored: false);
        }
    }

    /// <summary>Events as chunks, with all their payloads.</summary>
    public static List<HistoryChunk> Chunks(IReadOnlyList<HistoryEvent> events)
    {
        HistoryEvent[] all = [.. events];
        return Pack(all, all, []);
    }

    /// <summary>The number of leading chunks that fit into one message, at least one if there is one.</summary>
    public static int CountFitting(IEnumerable<HistoryChunk> chunks)
    {
        int count = 0;
        int bytes = 0;
        int references = 0;
        foreach (HistoryChunk chunk in chunks)
        {
            bytes += chunk.Content.Length;
            references += chunk.Payloads.Count;
            if (count > 0 && (bytes > ChunkBytes || references > ChunkReferences))
            {
                break;
            }

            count++;
        }

        return count;
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

            references.AddRange(light.Parts.Select(part => new HistoryPayload(historyEvent.Id, variable, part.Part) { Path = part.Path }));
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

        byte[] packed = PackedTexts.Compress(HistoryText.Write(light));
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
            // The large part is not a payload, or there are many small ones. Then everything is sent in parts.
            byte[] whole = Gzip.Compress(HistoryText.Write(events));
            foreach (HistoryChunk part in new HistoryChunk(first, 0, 1, whole).Split(ChunkBytes))
            {
                chunks.Add(part);
            }
        }
    }
}
