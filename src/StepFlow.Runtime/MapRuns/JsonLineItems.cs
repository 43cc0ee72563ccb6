using System.Buffers;
using System.IO.Pipelines;
using StepFlow.Language.Json;

namespace StepFlow.Runtime.MapRuns;

/// <summary>The values of a JSON Lines file, one a line; empty lines are skipped.</summary>
internal static class JsonLineItems
{
    public static async Task ReadAsync(Stream content, string source, ItemSink items, CancellationToken cancellationToken)
    {
        PipeReader reader = PipeReader.Create(content, new StreamPipeReaderOptions(leaveOpen: true, bufferSize: 64 * 1024));
        int line = 0;
        while (!items.IsFull)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (!items.IsFull && rest.PositionOf((byte)'\n') is { } end)
            {
                Add(rest.Slice(0, end), source, ++line, items);
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            await items.FlushAsync(cancellationToken);

            if (read.IsCompleted)
            {
                if (!items.IsFull)
                {
                    Add(rest, source, ++line, items);
                }

                break;
            }

            if (rest.Length > ItemSink.MaxBytesOfOne)
            {
                throw new ItemReaderException(MapRunErrors.TooLargeItem);
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }

        await reader.CompleteAsync();
    }

    private static void Add(ReadOnlySequence<byte> line, string source, int number, ItemSink items)
    {
        if (line.Length > ItemSink.MaxBytesOfOne)
        {
            throw new ItemReaderException(MapRunErrors.TooLargeItem);
        }

        ReadOnlySpan<byte> text = (line.IsSingleSegment ? line.FirstSpan : line.ToArray()).Trim(" \t\r"u8);
        if (text.IsEmpty)
        {
            return;
        }

        try
        {
            items.Add(null, JsonValue.Parse(text), source, text.Length);
        }
        catch (JsonFormatException exception)
        {
            throw new ItemReaderException(MapRunErrors.Malformed("JSONL", $"line {number}: {exception.Message}"));
        }
    }
}
