using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using StepFlow.Language.Json;

namespace StepFlow.Local.Records;

/// <summary>The large values and texts of one write: each is kept once in the data file, under its content's hash (SHA-256).</summary>
internal sealed class PayloadSet(int threshold)
{
    /// <summary>The hashes of trees in memory: a document that passes through many states is hashed once.</summary>
    private static readonly ConditionalWeakTable<JsonValue, byte[]> Hashes = [];

    /// <summary>The same of large texts. No hash: the value that it was read from gives the same text.</summary>
    private static readonly ConditionalWeakTable<string, byte[]> TextHashes = [];

    private static readonly byte[] EqualToValue = [];

    /// <summary>Values and texts of more bytes are kept apart.</summary>
    public int Threshold => threshold;

    /// <summary>What this write refers to. The data is null where this process has met the content before.</summary>
    public List<StoredPayload> References { get; } = [];

    /// <summary>Keeps a value; gives its hash.</summary>
    public byte[] Add(JsonValue value)
    {
        if (Hashes.TryGetValue(value, out byte[]? known))
        {
            References.Add(new(known, null, value.ToUtf8));
            return known;
        }

        byte[] data = value.ToUtf8();
        byte[] hash = SHA256.HashData(data);
        Hashes.AddOrUpdate(value, hash);
        References.Add(new(hash, data, value.ToUtf8));
        return hash;
    }

    /// <summary>Keeps a large text; gives its hash.</summary>
    public byte[] Add(string text)
    {
        byte[] hash = TextHashes.GetValue(text, static text => SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        References.Add(new(hash, null, () => Encoding.UTF8.GetBytes(text)));
        return hash;
    }

    /// <summary>How the text that a value was read from is written.</summary>
    public TextForm FormOf(string text, JsonValue value)
    {
        bool isLarge = text.Length > threshold;
        if (isLarge && TextHashes.TryGetValue(text, out byte[]? known))
        {
            return known.Length == 0 ? TextForm.OfValue : TextForm.Payload;
        }

        // A text as long as the value's own, in characters or bytes, is worth the comparison.
        if (value.Utf8Length >= text.Length && value.Utf8Length == Encoding.UTF8.GetByteCount(text) && value.ToString() == text)
        {
            if (isLarge)
            {
                TextHashes.AddOrUpdate(text, EqualToValue);
            }

            return TextForm.OfValue;
        }

        return isLarge ? TextForm.Payload : TextForm.Inline;
    }
}

/// <summary>A payload that a write refers to.</summary>
/// <param name="Hash">Its content's hash.</param>
/// <param name="Data">Its text; null where it is most likely kept already.</param>
/// <param name="Read">Makes its text.</param>
internal readonly record struct StoredPayload(byte[] Hash, byte[]? Data, Func<byte[]> Read);
