using System.Buffers;
using System.Text;

namespace StepFlow.Local.Records;

/// <summary>Writes the compact binary form of the journal's records into one buffer that grows. Each part that is written returns the writer, for the next one.</summary>
internal sealed class RecordWriter : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(512);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public RecordWriter Byte(byte value)
    {
        Ensure(1);
        _buffer[Length++] = value;
        return this;
    }

    public RecordWriter Boolean(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>An unsigned number: seven bits a byte, the lowest first.</summary>
    public RecordWriter Unsigned(ulong value)
    {
        Ensure(10);
        while (value >= 0x80)
        {
            _buffer[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[Length++] = (byte)value;
        return this;
    }

    public RecordWriter Unsigned(int value) => Unsigned((ulong)value);

    /// <summary>A signed number. Small numbers are short, also negative ones.</summary>
    public RecordWriter Signed(long value) => Unsigned((ulong)(value << 1) ^ (ulong)(value >> 63));

    public RecordWriter Bytes(ReadOnlySpan<byte> value)
    {
        Unsigned(value.Length);
        Ensure(value.Length);
        value.CopyTo(_buffer.AsSpan(Length));
        Length += value.Length;
        return this;
    }

    public RecordWriter Text(string value)
    {
        // Most texts are short: their length then takes one byte, known before they are written.
        int most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most < 0x80)
        {
            Ensure(most + 1);
            int written = Encoding.UTF8.GetBytes(value, _buffer.AsSpan(Length + 1));
            _buffer[Length] = (byte)written;
            Length += written + 1;
            return this;
        }

        int length = Encoding.UTF8.GetByteCount(value);
        Unsigned(length);
        Ensure(length);
        Length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(Length));
        return this;
    }

    public RecordWriter NullableText(string? value) => value is null ? Boolean(false) : Boolean(true).Text(value);

    public RecordWriter NullableSigned(long? value) => value is { } number ? Boolean(true).Signed(number) : Boolean(false);

    public RecordWriter Time(DateTimeOffset value) => Signed(value.UtcTicks - DateTime.UnixEpoch.Ticks);

    public RecordWriter Value(ValueWriter values, JsonValue value) => values.Write(this, value);

    public RecordWriter NullableValue(ValueWriter values, JsonValue? value) => values.WriteNullable(this, value);

    /// <inheritdoc cref="ValueWriter.WriteText"/>
    public RecordWriter TextOf(ValueWriter values, JsonValue value, string? text) => values.WriteText(this, text, value);

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
