using System.Buffers.Binary;
using StepFlow.Execution.History;
using StepFlow.Runtime.Documents;
using StepFlow.Runtime.History;

namespace StepFlow.Functions.Storage;

/// <summary>The form of chunks in a history's blob: first event id (8 bytes), part, parts, length (4 bytes each, big-endian), content.</summary>
internal static class HistoryFrames
{
    private const int HeaderBytes = 20;

    /// <summary>Chunks as blocks.</summary>
    /// <param name="maxBytes">The most bytes of a block; a whole run that is longer is split.</param>
    public static IEnumerable<byte[]> Write(IReadOnlyList<HistoryChunk> chunks, int maxBytes)
    {
        var block = new MemoryStream();
        foreach (HistoryChunk chunk in chunks.SelectMany(chunk => Fitting(chunk, maxBytes - HeaderBytes)))
        {
            if (block.Length > 0 && block.Length + HeaderBytes + chunk.Content.Length > maxBytes)
            {
                yield return block.ToArray();
                block.SetLength(0);
            }

            block.Write(Header(chunk));
            block.Write(chunk.Content);
        }

        if (block.Length > 0)
        {
            yield return block.ToArray();
        }
    }

    /// <summary>Chunks as one block.</summary>
    public static byte[] Write(IReadOnlyList<HistoryChunk> chunks) => [.. Write(chunks, int.MaxValue).SelectMany(static block => block)];

    /// <summary>The events of some chunks, in order: up to the first that is not there.</summary>
    public static IReadOnlyList<HistoryEvent> Read(IReadOnlyList<HistoryChunk> chunks) => Read(Write(chunks));

    /// <summary>The events of a blob, in order, up to the first one that is missing.</summary>
    public static IReadOnlyList<HistoryEvent> Read(ReadOnlySpan<byte> content) => Read(content, HistoryPosition.Start).Events;

    /// <summary>The next events of a blob, in order, up to the first one that is missing.</summary>
    /// <param name="content">The blob from the position on.</param>
    /// <returns>The events, and the position after them. Frames with later events are read again from there.</returns>
    public static (IReadOnlyList<HistoryEvent> Events, HistoryPosition Next) Read(ReadOnlySpan<byte> content, HistoryPosition from)
    {
        var events = new List<HistoryEvent>();
        (SortedDictionary<long, Run> runs, int end) = Runs(content);
        (long next, int needed, bool isMissing) = (from.NextEventId, end, false);
        foreach ((long first, Run run) in runs)
        {
            bool isWhole = !run.Parts.Contains(null);
            if (!isWhole && first < next)
            {
                // Some parts of a run that was read before were stored again.
                continue;
            }

            if (isWhole && !isMissing)
            {
                foreach (HistoryEvent item in HistoryText.Read(Gzip.Decompress([.. run.Parts.SelectMany(static part => part!)])))
                {
                    isMissing |= item.Id > next;
                    if (item.Id == next)
                    {
                        events.Add(item);
                        next++;
                    }
                }
            }

            isMissing |= !isWhole;
            needed = isMissing ? Math.Min(needed, run.Offset) : needed;
        }

        return (events, new(from.Offset + needed, next));
    }

    private static IEnumerable<HistoryChunk> Fitting(HistoryChunk chunk, int maxBytes) =>
        chunk.Content.Length <= maxBytes ? [chunk] : chunk.Split(maxBytes);

    private static byte[] Header(HistoryChunk chunk)
    {
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteInt64BigEndian(header, chunk.FirstEventId);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), chunk.Part);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(12), chunk.Parts);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(16), chunk.Content.Length);
        return header;
    }

    /// <summary>
    /// The runs of events, by their first event, and the end of the last frame. The same run always has the same parts. If an orchestration
    /// was terminated, its activities can add parts afterwards. They do not replace the stored end.
    /// </summary>
    private static (SortedDictionary<long, Run> Runs, int End) Runs(ReadOnlySpan<byte> content)
    {
        var runs = new SortedDictionary<long, Run>();
        int offset = 0;
        while (content.Length - offset >= HeaderBytes)
        {
            ReadOnlySpan<byte> frame = content[offset..];
            long first = BinaryPrimitives.ReadInt64BigEndian(frame);
            int part = BinaryPrimitives.ReadInt32BigEndian(frame[8..]);
            int parts = BinaryPrimitives.ReadInt32BigEndian(frame[12..]);
            int length = BinaryPrimitives.ReadInt32BigEndian(frame[16..]);
            if (!runs.TryGetValue(first, out Run? run) || (run.Parts.Length != parts && run.Parts.Contains(null)))
            {
                runs[first] = run = new(offset, new byte[parts][]);
            }

            if (run.Parts.Length == parts)
            {
                run.Parts[part] ??= frame.Slice(HeaderBytes, length).ToArray();
            }

            offset += HeaderBytes + length;
        }

        return (runs, offset);
    }

    /// <param name="Offset">Where its first frame begins.</param>
    /// <param name="Parts">The content of each part; null for those that are missing.</param>
    private sealed record Run(int Offset, byte[]?[] Parts);
}
