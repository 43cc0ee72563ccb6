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
    public static IReadOnlyList<HistoryEvent> Read(ReadOnlySpan<byte> content)
    {
        var events = new List<HistoryEvent>();
        foreach (byte[]?[] run in Runs(content).Values)
        {
            if (run.Contains(null))
            {
                break;
            }

            foreach (HistoryEvent next in HistoryText.Read(Gzip.Decompress([.. run.SelectMany(part => part!)])))
            {
                if (next.Id > events.Count + 1)
                {
                    return events;
                }

                if (next.Id == events.Count + 1)
                {
                    events.Add(next);
                }
            }
        }

        return events;
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
    /// The parts of each run of events, by its first event. The same run always has the same parts. If an orchestration was terminated, its
    /// activities can add parts afterwards. They do not replace the stored end.
    /// </summary>
    private static SortedDictionary<long, byte[]?[]> Runs(ReadOnlySpan<byte> content)
    {
        var runs = new SortedDictionary<long, byte[]?[]>();
        while (content.Length >= HeaderBytes)
        {
            long first = BinaryPrimitives.ReadInt64BigEndian(content);
            int part = BinaryPrimitives.ReadInt32BigEndian(content[8..]);
            int parts = BinaryPrimitives.ReadInt32BigEndian(content[12..]);
            int length = BinaryPrimitives.ReadInt32BigEndian(content[16..]);
            if (!runs.TryGetValue(first, out byte[]?[]? run) || (run.Length != parts && run.Contains(null)))
            {
                runs[first] = run = new byte[parts][];
            }

            if (run.Length == parts)
            {
                run[part] ??= content.Slice(HeaderBytes, length).ToArray();
            }

            content = content[(HeaderBytes + length)..];
        }

        return runs;
    }
}
