using System.Text.RegularExpressions;

namespace StepFlow.Architecture.Tests;

/// <summary>The repository builds and passes alone: nothing that builds or tests it reads a file outside it.</summary>
public sealed partial class OutsidePathTests
{
    // These look for the recorded cases, which are optional, or name the path where they are expected.
    private static readonly string[] OfRecordedCases =
    [
        "README.md", "tests/StepFlow.Conformance.Tests/README.md", "scripts/conformance.sh", "scripts/test.sh", "src/StepFlow.Console/web/src/model/testing.ts",
        "tests/StepFlow.Testing/RecordedCases.cs", "tests/StepFlow.Architecture.Tests/OutsidePathTests.cs",
    ];

    [Fact]
    public void BuildFiles_Each_ReferToFilesInside() => Assert.Empty(
        from file in Files("*.csproj", "*.props", "*.targets", "*.sln", "package.json", "tsconfig.json", "Dockerfile*")
        from Match match in UpwardPath().Matches(File.ReadAllText(file))
        let target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, match.Value.Replace('\\', '/')))
        where !(target + Path.DirectorySeparatorChar).StartsWith(Repository.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        select $"{Relative(file)}: {match.Value}");

    [Fact]
    public void Sources_Each_NameNoFolderBesideTheRepository() => Assert.Empty(
        from file in Files("*.cs", "*.csproj", "*.props", "*.targets", "*.sh", "*.ts", "*.tsx", "*.mjs", "*.py", "*.json", "*.yml", "*.md")
        where !OfRecordedCases.Contains(Relative(file))
        from Match match in Beside().Matches(File.ReadAllText(file))
        select $"{Relative(file)}: {match.Value}");

    private static IEnumerable<string> Files(params string[] patterns) =>
        from pattern in patterns
        from file in Directory.EnumerateFiles(Repository.Root, pattern, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        where !Repository.IsGenerated(file) && !Relative(file).StartsWith(".git/", StringComparison.Ordinal) && !Relative(file).StartsWith(".artifacts/", StringComparison.Ordinal)
        select file;

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');

    [GeneratedRegex(@"(?:\.\.[/\\])+[\w./\\-]*")]
    private static partial Regex UpwardPath();

    [GeneratedRegex(@"\bshared/(?:conformance|aws|azure-contracts|design)\b|""\.\."", ""shared""|/work/\w+")]
    private static partial Regex Beside();
}
