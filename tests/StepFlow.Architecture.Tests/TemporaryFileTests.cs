using System.Text.RegularExpressions;

namespace StepFlow.Architecture.Tests;

/// <summary>Temporary files are created by one type in the product and by one in the tests. Both delete them.</summary>
public sealed partial class TemporaryFileTests
{
    private static readonly string[] Allowed =
    [
        "src/StepFlow.Integrations/Processes/ProcessFolder.cs", "tests/StepFlow.Testing/TemporaryFolder.cs", "tests/StepFlow.Architecture.Tests/TemporaryFileTests.cs",
    ];

    [Fact]
    public void Sources_Each_CreateTemporaryFilesByTheTypesThatDeleteThem() => Assert.Empty(
        from folder in (string[])["src", "tests"]
        from file in Repository.Sources(Path.Combine(Repository.Root, folder))
        let name = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        where !Allowed.Contains(name)
        from Match match in Temporary().Matches(File.ReadAllText(file))
        select $"{name}: {match.Value}");

    [GeneratedRegex(@"CreateTempSubdirectory|GetTempPath|GetTempFileName|""/tmp\b")]
    private static partial Regex Temporary();
}
