namespace StepFlow.Language.Evaluation;

/// <summary>
/// The random values of one execution. The generator's seed is the execution's id, and its position is part
/// of the snapshot, so a replay gets the same values. Not for secrets.
/// </summary>
/// <remarks>The algorithm is SplitMix64: one 64-bit word is the whole state.</remarks>
public sealed class Entropy
{
    /// <summary>A generator at a position.</summary>
    /// <param name="state">The position, as <see cref="State"/> gave it; any value is a valid seed.</param>
    public Entropy(ulong state) => State = state;

    /// <summary>The position in the sequence.</summary>
    public ulong State { get; private set; }

    /// <summary>A generator seeded by a text (FNV-1a, 64 bits).</summary>
    public static Entropy FromSeed(string seed)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in seed)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        return new(hash);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        State += 0x9E3779B97F4A7C15;
        ulong z = State;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>The next number in [0, 1), of 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>The next version 4 UUID (RFC 9562), in its canonical lower-case text.</summary>
    public string NextUuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, NextUInt64());
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], NextUInt64());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
