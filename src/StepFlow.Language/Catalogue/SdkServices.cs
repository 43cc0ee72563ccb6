using System.Collections.Frozen;

namespace StepFlow.Language.Catalogue;

/// <summary>
/// The services of the AWS SDK, by their names in Resources (<c>aws-sdk:dynamodb:query</c>): a service's id in lower case,
/// without the prefix "Amazon" or "AWS" and the suffix "Service", as in the SDK for Java. For the most used services
/// also their actions. Read from <c>sdk-services.txt</c>: one service on each line, followed by its actions.
/// </summary>
internal static class SdkServices
{
    private static readonly Lazy<FrozenDictionary<string, FrozenSet<string>>> All = new(Read);

    /// <summary>Whether the service exists, and the action, if the service's actions are known.</summary>
    /// <param name="service">The service, without <c>aws-sdk:</c>.</param>
    public static bool Has(string service, string action) =>
        All.Value.TryGetValue(service, out FrozenSet<string>? actions) && (actions.Count == 0 || actions.Contains(action));

    /// <summary>The names that a Resource may have meant: actions of its service where they are known, else services with its action.</summary>
    /// <param name="service">The service, without <c>aws-sdk:</c>.</param>
    public static IEnumerable<string> Candidates(string service, string action) =>
        All.Value.TryGetValue(service, out FrozenSet<string>? actions)
            ? actions.Select(known => $"{service}:{known}")
            : All.Value.Keys.Select(known => $"{known}:{action}");

    private static FrozenDictionary<string, FrozenSet<string>> Read()
    {
        using Stream resource = typeof(SdkServices).Assembly.GetManifestResourceStream("sdk-services.txt")!;
        using var reader = new StreamReader(resource);
        var services = new Dictionary<string, FrozenSet<string>>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            services.Add(words[0], words.AsSpan(1).ToArray().ToFrozenSet(StringComparer.Ordinal));
        }

        return services.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
