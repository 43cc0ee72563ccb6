using System.Text.RegularExpressions;

namespace StepFlow.Architecture.Tests;

public sealed partial class MapTests
{
    [Fact]
    public void Map_EachFileThatItNames_Exists()
    {
        string source = Path.Combine(Repository.Root, "src");
        string[] named = [.. Files().Matches(File.ReadAllText(Path.Combine(source, "README.md"))).Select(static match => match.Groups[1].Value).Distinct()];

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, file => !File.Exists(Path.Combine(source, "StepFlow." + file)));
    }

    /// <summary>A file of a project, as the map writes it: without the project's prefix.</summary>
    [GeneratedRegex("`([A-Z]\\w+/[\\w./]+\\.cs)`")]
    private static partial Regex Files();
}
