using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using StepFlow.Language.Json;

namespace StepFlow.Local.Records;

/// <summary>The large values of one write: each is kept once in the data file, under its content's hash (SHA-256).</summary>
internal sealed class PayloadSet(int threshold)
{
    /// <summary>The hashes of trees in memory: a document that passes through many states is hashed once.</summary>
    private static readonly ConditionalWeakTable<JsonValue, byte[]> Hashes = [];

    /// <summary>Values of more bytes are kept apart.</summary>
    public int Threshold => threshold;

    /// <summary>What this write refers to. The data is null where this process has met the value before.</summary>
    public List<(byte[] Hash, byte[]? Data, JsonValue Value)> Kept { get; } = [];

    /// <summary>Keeps a value; gives its hash.</summary>
    public byte[] Keep(JsonValue value)
    {
        if (Hashes.TryGetValue(value, out byte[]? known))
        {
            Kept.Add((known, null, value));
            return known;
        }

        byte[] data = value.ToUtf8();
        byte[] hash = SHA256.HashData(data);
        Hashes.AddOrUpdate(value, hash);
        Kept.Add((hash, data, value));
        return hash;
    }
}
