using System.Collections.Frozen;
using System.IO.Enumeration;
using StepFlow.Integrations.Storage;

namespace StepFlow.Integrations.Blobs;

/// <summary>
/// The containers and blobs that workflows may access. A definition, or data in it, chooses the name. So a name that
/// would leave its container, or that is in a container of the host, is rejected here before any request is made.
/// </summary>
public sealed class BlobLocations
{
    /// <summary>Characters that a blob's name may have (Azure Storage, "Naming and referencing containers, blobs, and metadata").</summary>
    private const int LongestName = 1024;

    // Containers with a special meaning in Azure Storage. No other containers can have such names.
    private static readonly string[] Special = ["$root", "$web", "$logs"];

    private readonly FrozenDictionary<string, string> _buckets;
    private readonly string[] _allowed;
    private readonly string[] _reserved;

    /// <summary>The locations that the settings allow.</summary>
    /// <param name="reserved">The containers of the host.</param>
    public BlobLocations(BlobOptions options, IEnumerable<ReservedContainers> reserved)
    {
        _buckets = options.Buckets.ToFrozenDictionary(StringComparer.Ordinal);
        _allowed = [.. options.Containers];
        _reserved = [.. ReservedContainers.OfPlatform.Patterns, .. reserved.SelectMany(static one => one.Patterns)];
    }

    /// <summary>The container of a bucket; or why it may not be reached.</summary>
    /// <param name="bucket">The bucket, as the definition names it.</param>
    public BlobResult<string> FindContainer(string bucket)
    {
        string container = _buckets.TryGetValue(bucket, out string? named) ? named : bucket;
        return !StorageNames.IsContainerOrQueue(container) && !Special.Contains(container) ? BlobFailure.InvalidContainerName
            : _reserved.Any(pattern => Matches(pattern, container)) ? BlobFailure.NotAllowed
            : _allowed.Length > 0 && named is null && !_allowed.Any(pattern => Matches(pattern, container)) ? BlobFailure.NotAllowed
            : container;
    }

    /// <summary>The blob of a bucket and a key; or why it may not be reached.</summary>
    /// <param name="bucket">The bucket, as the definition names it.</param>
    public BlobResult<BlobPath> Find(string bucket, string key)
    {
        BlobResult<string> container = FindContainer(bucket);
        return !container.IsSuccess ? container.Failure
            : !IsName(key) ? BlobFailure.InvalidName
            : new BlobPath(container.Value, key);
    }

    /// <summary>Whether a text is a valid name of a blob, and stays within its container even if it is decoded on the way.</summary>
    private static bool IsName(string name)
    {
        if (name.Trim('/').Length == 0 || name.Length > LongestName || name.Any(char.IsControl) || !IsUnicode(name))
        {
            return false;
        }

        // A proxy may decode the request once more.
        for (string decoded = name; ;)
        {
            if (decoded.Split('/', '\\').Any(static segment => segment is "." or ".."))
            {
                return false;
            }

            string next = Uri.UnescapeDataString(decoded);
            if (next == decoded)
            {
                return true;
            }

            decoded = next;
        }
    }

    internal static bool IsUnicode(string name)
    {
        foreach (System.Text.Rune rune in name.EnumerateRunes())
        {
            if (rune == System.Text.Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Matches(string pattern, string container) => FileSystemName.MatchesSimpleExpression(pattern, container, ignoreCase: false);
}
