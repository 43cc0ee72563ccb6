using System.Buffers;
using System.Text;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Bytes of a text in UTF-8 that end with a whole character. Invalid bytes become U+FFFD.</summary>
/// <param name="bytes">A rented array, which the chunk returns.</param>
/// <param name="end">Behind the last byte in it.</param>
/// <param name="firstChar">How many characters of the text are before it.</param>
/// <param name="firstByte">How many bytes of the file are before it.</param>
internal sealed class Utf8Chunk(byte[] bytes, int start, int end, long firstChar, long firstByte) : IDisposable
{
    private int _chars;
    private int _charsPassed;
    private int _bytesPassed;

    private ReadOnlySpan<byte> Bytes => bytes.AsSpan(start, end - start);

    /// <summary>Writes its characters, and returns their number.</summary>
    public int Decode(Span<char> text) => _chars = Encoding.UTF8.GetChars(Bytes, text);

    /// <summary>How many bytes of the file are before a character; null where the character is behind the chunk. Asked for in ascending order.</summary>
    public long? OffsetOf(long character)
    {
        long wanted = character - firstChar;
        if (wanted >= _chars)
        {
            return null;
        }

        // One byte each, as in most files.
        if (_chars == end - start)
        {
            return firstByte + wanted;
        }

        while (_charsPassed < wanted)
        {
            Rune.DecodeFromUtf8(Bytes[_bytesPassed..], out Rune rune, out int consumed);
            _bytesPassed += consumed;
            _charsPassed += rune.Utf16SequenceLength;
        }

        return firstByte + _bytesPassed;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(bytes);
}
