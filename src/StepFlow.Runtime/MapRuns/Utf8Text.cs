using System.Buffers;
using System.Text;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// The text of a file in UTF-8, with the byte offset of each character. A file that begins with the byte order
/// mark of UTF-16 or UTF-32 can also be read, but without offsets.
/// </summary>
/// <param name="content">The file, from an offset on.</param>
/// <param name="offset">How many bytes of the file are before the content.</param>
internal sealed class Utf8Text(Stream content, long offset) : TextReader
{
    private const int ChunkBytes = 16 * 1024;

    private readonly Queue<Utf8Chunk> _chunks = new();
    private readonly byte[] _carried = new byte[3];
    private char[] _text = [];
    private int _textStart;
    private int _textEnd;
    private long _charsDecoded;
    private long _bytesDecoded = offset;
    private int _carriedBytes;
    private bool _isEnd;
    private StreamReader? _other;

    /// <summary>
    /// The number of bytes of the file before a character; null if the encoding is not UTF-8. Earlier offsets are
    /// removed, so the next call must not have a smaller argument.
    /// </summary>
    /// <param name="character">The character's index, from 0 at the beginning of the content.</param>
    public long? OffsetOf(long character)
    {
        if (_other is not null)
        {
            return null;
        }

        while (_chunks.TryPeek(out Utf8Chunk? chunk))
        {
            if (chunk.OffsetOf(character) is { } found)
            {
                return found;
            }

            _chunks.Dequeue().Dispose();
        }

        return _bytesDecoded;
    }

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        while (_textStart == _textEnd)
        {
            if (_other is not null)
            {
                return await _other.ReadAsync(buffer, cancellationToken);
            }

            if (_isEnd)
            {
                return 0;
            }

            await FillAsync(cancellationToken);
        }

        int count = Math.Min(buffer.Length, _textEnd - _textStart);
        _text.AsMemory(_textStart, count).CopyTo(buffer);
        _textStart += count;
        return count;
    }

    public override Task<int> ReadAsync(char[] buffer, int index, int count) => ReadAsync(buffer.AsMemory(index, count)).AsTask();

    public override int Read(char[] buffer, int index, int count) => throw new NotSupportedException("It is read asynchronously only.");

    protected override void Dispose(bool disposing)
    {
        while (_chunks.TryDequeue(out Utf8Chunk? chunk))
        {
            chunk.Dispose();
        }

        _other?.Dispose();
        base.Dispose(disposing);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        _carried.AsSpan(0, _carriedBytes).CopyTo(bytes);
        int count = _carriedBytes + await content.ReadAtLeastAsync(bytes.AsMemory(_carriedBytes), 4, throwOnEndOfStream: false, cancellationToken);
        _isEnd = count == _carriedBytes;
        int start = _bytesDecoded == 0 ? MarkLength(bytes.AsSpan(0, count)) : 0;
        if (_other is not null)
        {
            // This reader needs nothing more. The other reader has the bytes and the rest of the content.
            return;
        }

        _carriedBytes = _isEnd ? 0 : IncompleteBytes(bytes.AsSpan(start, count - start));
        bytes.AsSpan(count - _carriedBytes, _carriedBytes).CopyTo(_carried);
        count -= _carriedBytes;
        var chunk = new Utf8Chunk(bytes, start, count, _charsDecoded, _bytesDecoded + start);
        if (_text.Length < count)
        {
            _text = new char[bytes.Length];
        }

        _textStart = 0;
        _textEnd = chunk.Decode(_text);
        _charsDecoded += _textEnd;
        _bytesDecoded += count;
        _chunks.Enqueue(chunk);

        int MarkLength(ReadOnlySpan<byte> head)
        {
            if (head.StartsWith(Encoding.UTF8.Preamble))
            {
                return Encoding.UTF8.Preamble.Length;
            }

            if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || head.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
            {
                _other = new StreamReader(new PrefixedStream(bytes.AsMemory(0, count).ToArray(), content), Encoding.UTF8);
                ArrayPool<byte>.Shared.Return(bytes);
            }

            return 0;
        }
    }

    /// <summary>How many bytes at the end are the beginning of a character.</summary>
    private static int IncompleteBytes(ReadOnlySpan<byte> bytes)
    {
        for (int count = 1; count <= Math.Min(3, bytes.Length); count++)
        {
            ReadOnlySpan<byte> end = bytes[^count..];
            if (end[0] >= 0xC0)
            {
                return Rune.DecodeFromUtf8(end, out _, out _) == OperationStatus.NeedMoreData ? count : 0;
            }
        }

        return 0;
    }
}
