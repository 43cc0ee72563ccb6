using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace StepFlow.Local.Records;

/// <summary>The large values and texts of one write. Each is stored once in the data file, under the hash of its content (SHA-256).</summary>
internal sealed class PayloadSet(int threshold)
{
    /// <summary>The hashes of values in memory, so that a value that passes through many states is hashed once.</summary>
    private static readonly ConditionalWeakTable<JsonValue, byte[]> Hashes = [];

    /// <summary>The hashes of large texts. An empty hash means that the text is equal to the text of its value.</summary>
    private static readonly ConditionalWeakTable<string, byte[]> TextHashes = [];

    private static readonly byte[] EqualToValue = [];

    // Most writes have none.
    private List<StoredPayload>? _references;

    /// <summary>Values and texts of more bytes are stored separately.</summary>
    public int Threshold => threshold;

    /// <summary>The payloads that this write refers to. The data is null if this process has already hashed the content.</summary>
    public IReadOnlyList<StoredPayload> References => _references ?? (IReadOnlyList<StoredPayload>)[];

    /// <summary>Adds a value. Returns its hash.</summary>
    public byte[] Add(JsonValue value)
    {
        if (Hashes.TryGetValue(value, out byte[]? known))
        {
            Refer(new(known, null, value.ToUtf8));
            return known;
        }

        byte[] data = value.ToUtf8();
        byte[] hash = SHA256.HashData(data);
        Hashes.AddOrUpdate(value, hash);
        Refer(new(hash, data, value.ToUtf8));
        return hash;
    }

    /// <summary>Adds a large text. Returns its hash.</summary>
    public byte[] Add(string text)
    {
        byte[] hash = TextHashes.GetValue(text, static text => SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        Refer(new(hash, null, () => Encoding.UTF8.GetBytes(text)));
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

        // Only texts of the same length as the value's own text are compared with it.
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

    private void Refer(StoredPayload payload) => (_references ??= []).Add(payload);
}

/// <summary>A payload that a write refers to.</summary>
/// <param name="Hash">Its content's hash.</param>
/// <param name="Data">Its text. Null if it is probably stored already.</param>
/// <param name="Read">Makes its text.</param>
internal readonly record struct StoredPayload(byte[] Hash, byte[]? Data, Func<byte[]> Read);
