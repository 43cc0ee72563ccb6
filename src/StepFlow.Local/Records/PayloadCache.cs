namespace StepFlow.Local.Records;

/// <summary>Caches the last values, so that records that refer to the same content share it.</summary>
internal sealed class PayloadCache(IPayloadSource source) : IPayloadSource
{
    private const int Capacity = 8;

    private readonly List<(byte[] Hash, JsonValue Value)> _values = [];
    private readonly List<(byte[] Hash, string Text)> _texts = [];

    public JsonValue Value(ReadOnlySpan<byte> hash) => Find(_values, hash) ?? Add(_values, hash, source.Value(hash));

    public string Text(ReadOnlySpan<byte> hash) => Find(_texts, hash) ?? Add(_texts, hash, source.Text(hash));

    private static T? Find<T>(List<(byte[] Hash, T Content)> known, ReadOnlySpan<byte> hash)
        where T : class
    {
        foreach ((byte[] key, T content) in known)
        {
            if (hash.SequenceEqual(key))
            {
                return content;
            }
        }

        return null;
    }

    private static T Add<T>(List<(byte[] Hash, T Content)> known, ReadOnlySpan<byte> hash, T content)
    {
        if (known.Count == Capacity)
        {
            known.RemoveAt(0);
        }

        known.Add((hash.ToArray(), content));
        return content;
    }
}
