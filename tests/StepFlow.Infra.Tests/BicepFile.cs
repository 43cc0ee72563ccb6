using System.Text.RegularExpressions;

namespace StepFlow.Infra.Tests;

/// <summary>What can be told of a Bicep file from its text: no compiler is needed for these checks.</summary>
public sealed partial class BicepFile
{
    private BicepFile(string path)
    {
        Path = path;
        Text = File.ReadAllText(path);
        Code = Comments().Replace(Text, string.Empty);
        Parameters = [.. ParameterLine().Matches(Code).Select(m => new BicepParameter(m.Groups["name"].Value, m.Groups["type"].Value, m.Groups["value"].Success))];
        Variables = [.. VariableLine().Matches(Code).Select(m => m.Groups["name"].Value)];
        Outputs = OutputLine().Matches(Code).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["type"].Value, StringComparer.Ordinal);
        Resources = [.. ResourceLine().Matches(Code).Select(m => new BicepResource(
            m.Groups["symbol"].Value, m.Groups["type"].Value, m.Groups["version"].Value, m.Groups["existing"].Success, Body(m.Index)))];
        Modules = [.. ModuleLine().Matches(Code).Select(m => new BicepModule(
            m.Groups["symbol"].Value, m.Groups["file"].Value, Members(Body(m.Index), "params")))];
    }

    public static string Root { get; } = FindRoot();

    public string Path { get; }

    public string Name => System.IO.Path.GetRelativePath(Root, Path);

    public string Text { get; }

    public string Code { get; }

    public IReadOnlyList<BicepParameter> Parameters { get; }

    public IReadOnlyList<string> Variables { get; }

    /// <summary>The outputs, each with its type.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; }

    public IReadOnlyList<BicepResource> Resources { get; }

    public IReadOnlyList<BicepModule> Modules { get; }

    public static IReadOnlyList<BicepFile> All() =>
        [.. Directory.EnumerateFiles(System.IO.Path.Combine(Root, "infra"), "*.bicep", SearchOption.AllDirectories).Order().Select(p => new BicepFile(p))];

    public static BicepFile At(string relativePath) => new(System.IO.Path.Combine(Root, relativePath));

    /// <summary>How often a name stands in the code beyond its declaration.</summary>
    public int Uses(string name) => Regex.Count(Code, $@"(?<![\w'-]){Regex.Escape(name)}(?![\w])") - 1;

    /// <summary>The text between the first brace after a place and its partner.</summary>
    private string Body(int start)
    {
        int open = Code.IndexOf('{', start);
        int depth = 0;
        for (int i = open; i < Code.Length; i++)
        {
            depth += Code[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return Code[open..(i + 1)];
            }
        }

        throw new InvalidDataException($"{Name}: a brace is not closed.");
    }

    private static Dictionary<string, string> Members(string body, string section)
    {
        int at = body.IndexOf(section + ": {", StringComparison.Ordinal);
        if (at < 0)
        {
            return [];
        }

        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        int depth = 0;
        foreach (string line in body[at..].Split('\n'))
        {
            string text = line.Trim();
            if (depth == 1 && MemberLine().Match(text) is { Success: true } member)
            {
                members.Add(member.Groups["name"].Value, member.Groups["value"].Value);
            }

            depth += text.Count(c => c is '{' or '[') - text.Count(c => c is '}' or ']');
            if (depth == 0)
            {
                break;
            }
        }

        return members;
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "StepFlow.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("StepFlow.sln was not found above the tests.");
    }

    [GeneratedRegex(@"(?m)^\s*//.*$|(?<=\S\s+)//(?![^']*').*$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^param (?<name>\w+) (?<type>\w+)(?<value> = .+)?$", RegexOptions.Multiline)]
    private static partial Regex ParameterLine();

    [GeneratedRegex(@"^var (?<name>\w+) = ", RegexOptions.Multiline)]
    private static partial Regex VariableLine();

    [GeneratedRegex(@"^output (?<name>\w+) (?<type>\w+) = ", RegexOptions.Multiline)]
    private static partial Regex OutputLine();

    [GeneratedRegex(@"^resource (?<symbol>\w+) '(?<type>[^'@]+)@(?<version>[^']+)'(?<existing> existing)? = ", RegexOptions.Multiline)]
    private static partial Regex ResourceLine();

    [GeneratedRegex(@"^module (?<symbol>\w+) '(?<file>[^']+)' = ", RegexOptions.Multiline)]
    private static partial Regex ModuleLine();

    [GeneratedRegex(@"^(?<name>\w+): (?<value>.+)$")]
    private static partial Regex MemberLine();
}

public sealed record BicepParameter(string Name, string Type, bool HasDefault);

public sealed record BicepResource(string Symbol, string Type, string Version, bool Existing, string Body);

/// <param name="Symbol">Its name in the file that calls it.</param>
/// <param name="File">Where it is.</param>
/// <param name="Arguments">What each of its parameters is given.</param>
public sealed record BicepModule(string Symbol, string File, IReadOnlyDictionary<string, string> Arguments);
