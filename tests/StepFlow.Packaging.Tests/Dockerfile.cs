using System.Text.Json;
using System.Text.RegularExpressions;
using StepFlow.Testing;

namespace StepFlow.Packaging.Tests;

/// <summary>A Dockerfile's instructions, by stage.</summary>
internal sealed partial class Dockerfile
{
    private readonly List<(string Stage, string Word, string Text)> _instructions = [];

    public Dockerfile(string path)
    {
        string text = Comment().Replace(File.ReadAllText(path), string.Empty).Replace("\\\n", " ", StringComparison.Ordinal);
        string stage = string.Empty;
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = line.Split(' ', 2);
            if (parts[0] == "FROM")
            {
                Match named = StageName().Match(parts[1]);
                stage = named.Success ? named.Groups[1].Value : "final";
            }

            _instructions.Add((stage, parts[0], parts[1].Trim()));
        }
    }

    public static string PathOfLocal { get; } = Path.Combine(Repository.Root, "infra", "local", "Dockerfile");

    /// <summary>The arguments of an instruction in a stage, in order.</summary>
    public string[] Of(string stage, string word) => [.. _instructions.Where(one => one.Stage == stage && one.Word == word).Select(static one => one.Text)];

    /// <summary>A command written as a JSON list.</summary>
    public static string[] List(string json) => JsonSerializer.Deserialize<string[]>(json)!;

    [GeneratedRegex("^#.*\n?", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bAS (\w+)$")]
    private static partial Regex StageName();
}
