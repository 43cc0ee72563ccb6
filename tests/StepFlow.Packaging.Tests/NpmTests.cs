using System.Text.Json;

namespace StepFlow.Packaging.Tests;

/// <summary>The npm package, installed without a registry.</summary>
public sealed class NpmTests(Packages packages) : PackagingTest
{
    private string Installed => Path.Combine(Folder, "node_modules");

    [Fact]
    public async Task Npx_AfterAnInstall_RunsTheProgramOfThePlatform()
    {
        await InstallAsync(packages.Npm);
        await CheckAsync("npx", ["--no-install", "stepflow"], packages.Version);
    }

    [Fact]
    public async Task Install_WithoutTheProgram_ReportsWhatIsMissing()
    {
        await InstallAsync([packages.Npm[^1]]);
        Command run = await Command.RunAsync("node", [Path.Combine(Installed, "stepflow", "stepflow.js"), "--version"], Cancelled, Folder, Bare);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("the package @stepflow/linux-x64 is not installed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packages_NameEachOtherAndTheirPlatform()
    {
        await InstallAsync(packages.Npm);
        JsonElement main = Manifest("stepflow");
        JsonElement platform = Manifest("@stepflow/linux-x64");

        Assert.Equal(
            ["@stepflow/linux-x64", "@stepflow/linux-arm64", "@stepflow/darwin-arm64", "@stepflow/win32-x64"],
            main.GetProperty("optionalDependencies").EnumerateObject().Select(static one => one.Name));
        Assert.All(main.GetProperty("optionalDependencies").EnumerateObject(), one => Assert.Equal(packages.Version, one.Value.GetString()));
        Assert.All((string[])["stepflow", "@stepflow/linux-x64"], package => Assert.StartsWith("MIT License", File.ReadAllText(Path.Combine(Installed, package, "LICENSE")), StringComparison.Ordinal));
        Assert.Equal(("linux", "x64", "MIT"), (platform.GetProperty("os")[0].GetString(), platform.GetProperty("cpu")[0].GetString(), platform.GetProperty("license").GetString()));
    }

    private JsonElement Manifest(string package) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Installed, package, "package.json"))).RootElement;

    private async Task InstallAsync(string[] files)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "package.json"), "{}", Cancelled);
        Command installed = await Command.RunAsync("npm", ["install", "--offline", "--no-audit", "--no-fund", .. files], Cancelled, Folder, Bare);
        Assert.True(installed.ExitCode == 0, installed.Error);
    }
}
