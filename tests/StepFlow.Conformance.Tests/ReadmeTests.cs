using System.Text.RegularExpressions;

namespace StepFlow.Conformance.Tests;

/// <summary>The tests that this project's README names are there: a row whose test is gone holds nothing.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Rules_TheirTestsAndFolders_Exist()
    {
        string tests = Path.Combine(Root(), "tests");
        Dictionary<string, string> files = Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .GroupBy(static file => Path.GetFileName(file).Split('.')[0])
            .ToDictionary(static group => group.Key, static group => string.Concat(group.Select(File.ReadAllText)), StringComparer.Ordinal);
        string[] missing = [.. File.ReadLines(Path.Combine(tests, "StepFlow.Conformance.Tests", "README.md"))
            .Select(static line => line.Split('|'))
            .Where(static cells => cells.Length == 6)
            .SelectMany(static cells => TestName().Matches(cells[4]).Select(static match => match.Groups[1].Value))
            .Where(name => !Exists(name.Split('/')[^1].Split('.'), files))
            .Distinct()];

        Assert.Empty(missing);
    }

    /// <summary>Whether there is a test: <c>Class</c>, <c>Class.Method</c>, or <c>Method</c> after another of its class.</summary>
    private static bool Exists(string[] name, Dictionary<string, string> files) => name switch
    {
        [var type, var method] => files.TryGetValue(type, out string? text) && text.Contains($" {method}(", StringComparison.Ordinal),
        [var one] => files.ContainsKey(one) || files.Values.Any(text => text.Contains($" {one}(", StringComparison.Ordinal)),
        _ => false,
    };

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "StepFlow.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder!;
    }

    [GeneratedRegex(@"`((?:\w+/)*[\w.]*(?:Tests|Compliance|_)[\w.]*)`")]
    private static partial Regex TestName();
}
