using StepFlow.Execution.History;
using StepFlow.Functions.Activities;

namespace StepFlow.Functions.Orchestration;

/// <summary>History events that wait to be stored, as chunks that fit into a message.</summary>
internal sealed class HistoryBuffer(IEnumerable<HistoryChunk> unsaved)
{
    /// <summary>The most bytes of a chunk: base64 makes four of three, and a task's payloads share its message.</summary>
    public const int ChunkBytes = 10 * 1024;

    private readonly Queue<HistoryChunk> _chunks = new(unsaved);
    private readonly List<HistoryEvent> _events = [];

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _events.Count == 0 && _chunks.Count == 0;

    /// <summary>Adds new events.</summary>
    public void Add(IReadOnlyList<HistoryEvent> events) => _events.AddRange(events);

    /// <summary>Everything that waits, in chunks, oldest first; nothing waits afterwards.</summary>
    public List<HistoryChunk> TakeAll()
    {
        Pack(_events.ToArray());
        _events.Clear();
        List<HistoryChunk> all = [.. _chunks];
        _chunks.Clear();
        return all;
    }

    /// <summary>Takes back the newest chunks that were taken.</summary>
    public void PutBack(IEnumerable<HistoryChunk> chunks)
    {
        foreach (HistoryChunk chunk in chunks)
        {
            _chunks.Enqueue(chunk);
        }
    }

    /// <summary>Events as chunks.</summary>
    public static List<HistoryChunk> Chunks(IReadOnlyList<HistoryEvent> events)
    {
        var buffer = new HistoryBuffer([]);
        buffer.Add(events);
        return buffer.TakeAll();
    }

    private void Pack(ReadOnlySpan<HistoryEvent> events)
    {
        if (events.IsEmpty)
        {
            return;
        }

        byte[] packed = PayloadCodec.Compress(HistoryText.Write(events));
        if (packed.Length <= ChunkBytes)
        {
            _chunks.Enqueue(new(events[0].Id, 0, 1, packed));
        }
        else if (events.Length > 1)
        {
            int half = events.Length / 2;
            Pack(events[..half]);
            Pack(events[half..]);
        }
        else
        {
            int parts = (packed.Length + ChunkBytes - 1) / ChunkBytes;
            for (int part = 0; part < parts; part++)
            {
                int offset = part * ChunkBytes;
                _chunks.Enqueue(new(events[0].Id, part, parts, packed[offset..Math.Min(packed.Length, offset + ChunkBytes)]));
            }
        }
    }
}
