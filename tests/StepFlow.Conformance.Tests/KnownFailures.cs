namespace StepFlow.Conformance.Tests;

/// <summary>The cases that are knowingly different, each with its reason: <c>known-failures.txt</c>.</summary>
internal static class KnownFailures
{
    private const string FileName = "known-failures.txt";

    /// <summary>The ids of a suite with their reasons. A line is <c>suite: id # reason</c>.</summary>
    public static IReadOnlyDictionary<string, string> Of(string suite)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, FileName)))
        {
            if (line.StartsWith(suite + ": ", StringComparison.Ordinal) && line.LastIndexOf(" # ", StringComparison.Ordinal) is var at and > 0)
            {
                known.Add(line[(suite.Length + 2)..at].Trim(), line[(at + 3)..].Trim());
            }
        }

        return known;
    }
}
