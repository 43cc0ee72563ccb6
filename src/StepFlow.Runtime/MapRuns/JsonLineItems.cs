using System.Buffers;
using System.IO.Pipelines;

namespace StepFlow.Runtime.MapRuns;

/// <summary>The values of a JSON Lines file, one a line; empty lines are skipped.</summary>
/// <param name="source">Where the file is.</param>
/// <param name="items">Takes the items. A reading can begin with every line.</param>
internal sealed class JsonLineItems(string source, ItemSink items)
{
    /// <summary>Reads the lines.</summary>
    /// <param name="content">The file from the sink's record on.</param>
    /// <exception cref="ItemReaderException">A line is not JSON, or too long.</exception>
    public async Task ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        PipeReader reader = PipeReader.Create(content, new StreamPipeReaderOptions(leaveOpen: true, bufferSize: 64 * 1024));
        RecordStart line = items.Record;
        while (!items.IsFull)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (!items.IsFull && rest.PositionOf((byte)'\n') is { } end)
            {
                ReadOnlySequence<byte> text = rest.Slice(0, end);
                Add(text, line);
                rest = rest.Slice(rest.GetPosition(1, end));
                line = new(line.Offset + text.Length + 1, line.Line + 1);
            }

            await items.FlushAsync(cancellationToken);

            if (read.IsCompleted)
            {
                if (!items.IsFull)
                {
                    Add(rest, line);
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

    private void Add(ReadOnlySequence<byte> line, RecordStart start)
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
            JsonValue value = JsonValue.Parse(text);
            items.Begin(start);
            items.Add(null, value, source, text.Length);
        }
        catch (JsonFormatException exception)
        {
            throw new ItemReaderException(MapRunErrors.Malformed("JSONL", $"line {start.Line + 1}: {exception.Message}"));
        }
    }
}
