using System.Text.RegularExpressions;

namespace StepFlow.Infra.Tests;

/// <summary>A Bicep file as text: what people and azd read of it. What Azure gets is <see cref="ArmTemplate"/>.</summary>
public sealed partial class BicepFile
{
    private BicepFile(string path)
    {
        Path = path;
        Text = File.ReadAllText(path);
        Code = Comments().Replace(Text, string.Empty);
        Parameters = [.. ParameterLine().Matches(Code).Select(m => new BicepParameter(m.Groups["name"].Value, m.Groups["type"].Value, m.Groups["value"].Success))];
        Outputs = [.. OutputLine().Matches(Code).Select(m => m.Groups["name"].Value)];
        Modules = [.. ModuleLine().Matches(Code).Select(m => m.Groups["file"].Value)];
    }

    public static string Root { get; } = FindRoot();

    public string Path { get; }

    public string Name => System.IO.Path.GetRelativePath(Root, Path);

    public string Text { get; }

    public string Code { get; }

    public IReadOnlyList<BicepParameter> Parameters { get; }

    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The files that it calls.</summary>
    public IReadOnlyList<string> Modules { get; }

    public static IReadOnlyList<BicepFile> All() =>
        [.. Directory.EnumerateFiles(System.IO.Path.Combine(Root, "infra"), "*.bicep", SearchOption.AllDirectories).Order().Select(p => new BicepFile(p))];

    public static BicepFile At(string relativePath) => new(System.IO.Path.Combine(Root, relativePath));

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

    [GeneratedRegex(@"^param (?<name>\w+) (?<type>[\w\[\]]+)(?<value> = .+)?$", RegexOptions.Multiline)]
    private static partial Regex ParameterLine();

    [GeneratedRegex(@"^output (?<name>\w+) \w+ = ", RegexOptions.Multiline)]
    private static partial Regex OutputLine();

    [GeneratedRegex(@"^module \w+ '(?<file>[^']+)' = ", RegexOptions.Multiline)]
    private static partial Regex ModuleLine();
}

public sealed record BicepParameter(string Name, string Type, bool HasDefault);
