using StepFlow.Language.Diagnostics;
using StepFlow.Language.Loading;

namespace StepFlow.Conformance.Tests.Definitions;

/// <summary>
/// Real definitions load without an error; those of asl-validator get the verdict of their authors, but for the ones
/// where the service's own rules differ, which <see cref="ArguedVerdicts"/> lists.
/// </summary>
public static class DefinitionsSuite
{
    private const string Validator = "asl-validator";

    /// <summary>Runs the suite over a corpus.</summary>
    /// <param name="corpus">The folder that holds <c>definitions</c>.</param>
    public static SuiteResult Run(string corpus)
    {
        int passed = 0;
        var failures = new List<(string, string)>();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(corpus, "definitions"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string id = Path.GetRelativePath(Path.Combine(corpus, "definitions"), file).Replace('\\', '/');
            if (Difference(id, File.ReadAllText(file)) is { } difference)
            {
                failures.Add((id, difference));
            }
            else
            {
                passed++;
            }
        }

        return new("definitions", passed, failures, []);
    }

    private static string? Difference(string id, string text)
    {
        LoadResult result = StateMachineLoader.Load(text);
        bool accepted = ArguedVerdicts.Of(id) ?? !id.StartsWith($"{Validator}/invalid-", StringComparison.Ordinal);
        if (result.IsSuccess == accepted)
        {
            return null;
        }

        return accepted
            ? string.Join("; ", result.Diagnostics.Where(diagnostic => diagnostic.IsError).Select((Diagnostic diagnostic) => diagnostic.ToString()))
            : "accepted, though it is wrong";
    }
}
