using System.Text.RegularExpressions;

namespace StepFlow.Integrations.Storage;

/// <summary>Names that Azure Storage takes ("Naming and referencing containers, blobs, and metadata"; "Naming queues and metadata").</summary>
internal static partial class StorageNames
{
    private const int Longest = 63;

    /// <summary>Whether a text can name a container or a queue: 3 to 63 lower case letters, digits and single hyphens.</summary>
    public static bool IsContainerOrQueue(string name) => name.Length <= Longest && Pattern().IsMatch(name);

    [GeneratedRegex(@"\A[a-z0-9](-?[a-z0-9]){2,}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
