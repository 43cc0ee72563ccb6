using System.Text.RegularExpressions;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Docs;

/// <summary>The reference agrees with the code.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("commands.md")]
    [InlineData("diagnostics.md")]
    [InlineData("settings.md")]
    [InlineData("resources.md")]
    [InlineData("errors.md")]
    public async Task Page_IsWrittenFromTheCode(string page)
    {
        string file = Path.Combine(Repository.Root, "src", "docs", "reference", page);
        string written = Reference.Pages[page]();
        if (Environment.GetEnvironmentVariable("STEPFLOW_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, written, TestContext.Current.CancellationToken);
        }

        Assert.True(written == await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), $"{page} is not what the code says: run scripts/docs.sh.");
    }

    /// <summary>Links in all pages, and in the product's README, lead to files that are there.</summary>
    [Fact]
    public void Links_Each_NameAFile()
    {
        string[] pages = [Path.Combine(Repository.Root, "README.md"), .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "docs"), "*.md", SearchOption.AllDirectories)];
        string[] dead = [.. pages.SelectMany(static page => Regex.Matches(File.ReadAllText(page), @"\]\((?!https?:)([^)#\s]+)(#[^)]*)?\)")
            .Select(link => Path.Combine(Path.GetDirectoryName(page)!, link.Groups[1].Value))
            .Where(static target => !Path.Exists(target))
            .Select(target => $"{Path.GetRelativePath(Repository.Root, page)}: {target}"))];
        Assert.Empty(dead);
    }

    [Fact]
    public void Index_LinksToEveryPage()
    {
        string folder = Path.Combine(Repository.Root, "src", "docs");
        string index = File.ReadAllText(Path.Combine(folder, "README.md"));
        Assert.All(
            Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Where(static page => page != "README.md"),
            page => Assert.Contains($"]({page})", index, StringComparison.Ordinal));
    }
}
