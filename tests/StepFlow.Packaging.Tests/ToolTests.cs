using System.IO.Compression;
using System.Xml.Linq;

namespace StepFlow.Packaging.Tests;

/// <summary>The .NET tool.</summary>
public sealed class ToolTests(Packages packages) : PackagingTest
{
    [Fact]
    public async Task Install_FromTheFolder_Runs()
    {
        string tools = Path.Combine(Folder, "tools");
        string feeds = Path.Combine(Folder, "nuget.config");
        await File.WriteAllTextAsync(feeds, $"""<configuration><packageSources><clear /><add key="made" value="{packages.Folder}" /></packageSources></configuration>""", Cancelled);

        Command installed = await Command.RunAsync("dotnet", ["tool", "install", "StepFlow", "--tool-path", tools, "--configfile", feeds], Cancelled, Folder, Bare);

        Assert.True(installed.ExitCode == 0, installed.Output + installed.Error);
        await CheckAsync(Path.Combine(tools, "stepflow"), [], packages.Version);
        await CheckServerAsync([Path.Combine(tools, "stepflow")]);
    }

    [Fact]
    public async Task Package_Metadata_ReportsWhatItIsAndUnderWhichTerms()
    {
        using ZipArchive package = ZipFile.OpenRead(packages.Tool);
        await using Stream stream = package.GetEntry("StepFlow.nuspec")!.Open();
        XElement metadata = (await XDocument.LoadAsync(stream, LoadOptions.None, Cancelled)).Root!.Elements().First();

        string Value(string name) => metadata.Elements().First(element => element.Name.LocalName == name).Value;
        Assert.Equal(("StepFlow", packages.Version, "MIT", "package.md"), (Value("id"), Value("version"), Value("license"), Value("readme")));
        Assert.NotEmpty(Value("description"));
        Assert.NotNull(package.GetEntry("package.md"));
        Assert.NotNull(package.GetEntry("LICENSE"));
    }
}
