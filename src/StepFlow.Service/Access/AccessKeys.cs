using System.Collections.Frozen;

namespace StepFlow.Service.Access;

/// <summary>The access keys of a server. Without any, every request is served: such a server must listen on the loopback only.</summary>
public sealed class AccessKeys
{
    /// <summary>No keys: requests are not verified.</summary>
    public static readonly AccessKeys None = new([]);

    private readonly FrozenDictionary<string, AccessKey> _keys;

    public AccessKeys(IEnumerable<AccessKey> keys) => _keys = keys.ToFrozenDictionary(key => key.Id, StringComparer.Ordinal);

    /// <summary>Whether requests have to be signed.</summary>
    public bool IsRequired => _keys.Count > 0;

    public AccessKey? Find(string id) => _keys.GetValueOrDefault(id);
}
