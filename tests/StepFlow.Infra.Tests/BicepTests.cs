using System.Text.Json;

namespace StepFlow.Infra.Tests;

/// <summary>Checks of the Bicep files that the compiler does not make.</summary>
public sealed class BicepTests
{
    [Fact]
    public void Modules_InTheFolder_AreAllUsed()
    {
        IReadOnlyList<BicepFile> files = BicepFile.All();
        IEnumerable<string> called = files.SelectMany(f => f.Modules.Select(m =>
            Path.GetRelativePath(BicepFile.Root, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(f.Path)!, m)))));

        Assert.Equal(files.Select(f => f.Name).Where(n => n != Path.Combine("infra", "main.bicep")).Order(), called.Distinct().Order());
    }

    [Theory]
    [InlineData("st", 3, 24, "^[a-z0-9]+$")]
    [InlineData("stflow", 3, 24, "^[a-z0-9]+$")]
    [InlineData("kv-", 3, 24, "^[a-zA-Z][a-zA-Z0-9-]+$")]
    [InlineData("cr", 5, 50, "^[a-zA-Z0-9]+$")]
    [InlineData("sb-", 6, 50, "^[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9]$")]
    [InlineData("cosmos-", 3, 44, "^[a-z0-9][a-z0-9-]*[a-z0-9]$")]
    [InlineData("func-", 2, 60, "^[a-zA-Z0-9][a-zA-Z0-9-]*$")]
    [InlineData("dts-", 3, 64, "^[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]$")]
    public void Name_OfAResource_KeepsAzuresRules(string prefix, int shortest, int longest, string pattern)
    {
        // uniqueString gives 13 lower-case letters and digits.
        string name = prefix + "abcdefghijkl2";

        Assert.Contains($"'{prefix}${{token}}'", BicepFile.At(Path.Combine("infra", "app.bicep")).Code, StringComparison.Ordinal);
        Assert.InRange(name.Length, shortest, longest);
        Assert.Matches(pattern, name);
    }

    [Fact]
    public void Workbook_Text_IsJsonWithEveryViewNamed()
    {
        using JsonDocument workbook = JsonDocument.Parse(File.ReadAllText(Path.Combine(BicepFile.Root, "infra", "workbook.json")));
        string[] titles = [.. workbook.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString()!)];

        Assert.Contains("Executions by status", titles);
        Assert.Contains("Failures by state", titles);
        Assert.Contains("Duration percentiles", titles);
        Assert.Contains("One execution", titles);
        Assert.Contains("Executions as metrics", titles);
    }
}
