namespace StepFlow.Service.DefinitionFiles;

/// <summary>Definitions by the names of their files: <c>NAME.asl.json</c>, <c>NAME.asl.yaml</c>, <c>NAME.asl.yml</c>.</summary>
public static class DefinitionName
{
    /// <summary>How the names of definitions end in a folder of them.</summary>
    public static IReadOnlyList<string> Suffixes { get; } = [".asl.json", ".asl.yaml", ".asl.yml"];

    /// <summary>The name of the state machine, from the name of the file.</summary>
    public static string Of(string path)
    {
        string file = Path.GetFileName(path);
        return Suffixes.FirstOrDefault(suffix => file.Length > suffix.Length && file.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) is { } end
            ? file[..^end.Length]
            : file.Split('.')[0] is { Length: > 0 } stem and not "-" ? stem : "machine";
    }

    /// <summary>The definitions in a folder, by their names.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static string[] In(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(static file => Suffixes.Any(suffix => file.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal)];
}
