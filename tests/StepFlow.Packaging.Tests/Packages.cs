using System.Runtime.Versioning;
using StepFlow.Packaging.Tests;
using StepFlow.Testing;

[assembly: SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(Packages))]

namespace StepFlow.Packaging.Tests;

/// <summary>The packages of this platform, made once.</summary>
public sealed class Packages : IAsyncLifetime
{
    /// <summary>The platform that is packed: one is enough, since all take the same way.</summary>
    public const string Platform = "linux-x64";

    private readonly TemporaryFolder _work = new();

    /// <summary>Where the packages are.</summary>
    public string Folder => _work.PathOf("packages");

    /// <summary>The version that they carry.</summary>
    public string Version { get; private set; } = string.Empty;

    /// <summary>The program, unpacked from its archive.</summary>
    public string Program => Path.Combine(_work.Path, "program", "stepflow");

    /// <summary>The archive of the program.</summary>
    public string Archive => Path.Combine(Folder, $"stepflow-{Version}-{Platform}.tar.gz");

    /// <summary>The .NET tool.</summary>
    public string Tool => Path.Combine(Folder, $"StepFlow.{Version}.nupkg");

    /// <summary>The npm package that people install, and the one that it brings here.</summary>
    public string[] Npm => [Path.Combine(Folder, "npm", $"stepflow-linux-x64-{Version}.tgz"), Path.Combine(Folder, "npm", $"stepflow-{Version}.tgz")];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Command made = await Command.RunAsync("bash", [Path.Combine(Repository.Root, "scripts", "package.sh"), "--output", Folder, Platform], Cancelled);
        Assert.True(made.ExitCode == 0, made.Output + made.Error);
        Version = Path.GetFileName(Assert.Single(Directory.GetFiles(Folder, "StepFlow.*.nupkg")))["StepFlow.".Length..^".nupkg".Length];
        Directory.CreateDirectory(Path.GetDirectoryName(Program)!);
        Command unpacked = await Command.RunAsync("tar", ["-xzf", Archive, "-C", Path.GetDirectoryName(Program)!], Cancelled);
        Assert.True(unpacked.ExitCode == 0, unpacked.Error);
    }

    public ValueTask DisposeAsync()
    {
        _work.Dispose();
        return ValueTask.CompletedTask;
    }
}
