using System.Buffers;
using System.Text;

namespace StepFlow.Local.Records;

/// <summary>Writes the compact binary form of the journal's records into one buffer that grows.</summary>
internal sealed class RecordWriter : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(512);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Byte(byte value)
    {
        Ensure(1);
        _buffer[Length++] = value;
    }

    public void Boolean(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>An unsigned number: seven bits a byte, the lowest first.</summary>
    public void Unsigned(ulong value)
    {
        Ensure(10);
        while (value >= 0x80)
        {
            _buffer[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[Length++] = (byte)value;
    }

    public void Unsigned(int value) => Unsigned((ulong)value);

    /// <summary>A signed number. Small numbers are short, also negative ones.</summary>
    public void Signed(long value) => Unsigned((ulong)(value << 1) ^ (ulong)(value >> 63));

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Unsigned(value.Length);
        Ensure(value.Length);
        value.CopyTo(_buffer.AsSpan(Length));
        Length += value.Length;
    }

    public void Text(string value)
    {
        // Most texts are short: their length then takes one byte, known before they are written.
        int most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most < 0x80)
        {
            Ensure(most + 1);
            int written = Encoding.UTF8.GetBytes(value, _buffer.AsSpan(Length + 1));
            _buffer[Length] = (byte)written;
            Length += written + 1;
            return;
        }

        int length = Encoding.UTF8.GetByteCount(value);
        Unsigned(length);
        Ensure(length);
        Length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(Length));
    }

    public void NullableText(string? value)
    {
        Boolean(value is not null);
        if (value is not null)
        {
            Text(value);
        }
    }

    public void NullableSigned(long? value)
    {
        Boolean(value is not null);
        if (value is { } number)
        {
            Signed(number);
        }
    }

    public void Time(DateTimeOffset value) => Signed(value.UtcTicks - DateTime.UnixEpoch.Ticks);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Ensure(int more)
    {
        if (_buffer.Length - Length >= more)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, Length + more));
        _buffer.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
