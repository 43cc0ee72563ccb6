using System.Buffers;

namespace StepFlow.Runtime.MapRuns;

/// <summary>One file of results: a JSON array, or JSON Lines.</summary>
/// <param name="content">Where it is written.</param>
/// <param name="isLines">Whether it is JSON Lines.</param>
/// <param name="fullBytes">A file that has so many bytes is ended, and the next one begun.</param>
internal sealed class MapResultFile(Stream content, bool isLines, long fullBytes = 256 * 1024 * 1024)
{
    private const int BufferBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(2 * BufferBytes);
    private bool _hasResults;

    /// <summary>How many bytes it has so far.</summary>
    public long Size { get; private set; }

    /// <summary>Writes children's results until the file is full.</summary>
    /// <returns>The index from which the next file continues; null if this file has the rest.</returns>
    public async Task<int?> WriteAsync(
        IAsyncEnumerable<MapRunEntry> children, Func<MapRunEntry, IEnumerable<JsonValue>> resultsOf, CancellationToken cancellationToken)
    {
        int? next = null;
        Begin();
        await foreach (MapRunEntry child in children.WithCancellation(cancellationToken))
        {
            if (Size + _buffer.WrittenCount >= fullBytes)
            {
                next = child.Index;
                break;
            }

            foreach (JsonValue result in resultsOf(child))
            {
                Add(result);
            }

            if (_buffer.WrittenCount >= BufferBytes)
            {
                await FlushAsync(cancellationToken);
            }
        }

        End();
        await FlushAsync(cancellationToken);
        return next;
    }

    private void Begin()
    {
        if (!isLines)
        {
            _buffer.Write("["u8);
        }
    }

    private void Add(JsonValue result)
    {
        if (_hasResults && !isLines)
        {
            _buffer.Write(","u8);
        }

        _hasResults = true;
        _buffer.Write(result.ToUtf8());
        if (isLines)
        {
            _buffer.Write("\n"u8);
        }
    }

    private void End()
    {
        if (!isLines)
        {
            _buffer.Write("]"u8);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await content.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        Size += _buffer.WrittenCount;
        _buffer.ResetWrittenCount();
    }
}
