using System.Text;

namespace StepFlow.Local.Records;

/// <summary>Reads what <see cref="RecordWriter"/> wrote. A record that ends too early or means nothing is damage.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> data, int at = 0)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _at = at;

    /// <summary>How much was read.</summary>
    public readonly int At => _at;

    public byte Byte() => Take(1)[0];

    public bool Boolean() => Byte() != 0;

    public ulong Unsigned()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Damaged();
    }

    public int Int32()
    {
        ulong value = Unsigned();
        return value <= int.MaxValue ? (int)value : throw Damaged();
    }

    public long Signed()
    {
        ulong value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ReadOnlySpan<byte> Bytes() => Take(Int32());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public string? NullableText() => Boolean() ? Text() : null;

    public long? NullableSigned() => Boolean() ? Signed() : null;

    public DateTimeOffset Time() => new(Signed() + DateTime.UnixEpoch.Ticks, TimeSpan.Zero);

    public static JournalException Damaged() =>
        new(JournalProblem.Corrupt, "A record of the data file is damaged: it does not read as what was written.");

    private ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)(_data.Length - _at))
        {
            throw Damaged();
        }

        ReadOnlySpan<byte> taken = _data.Slice(_at, length);
        _at += length;
        return taken;
    }
}
