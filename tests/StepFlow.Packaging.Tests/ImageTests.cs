using System.Globalization;
using StepFlow.Testing;

namespace StepFlow.Packaging.Tests;

/// <summary>The container image of the local server, its steps run without a container engine: the folder is used as its root.</summary>
public sealed class ImageTests(Packages packages) : PackagingTest
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly Dockerfile _file = new(Dockerfile.PathOfLocal);

    [Fact]
    public async Task Image_BuiltAndStarted_RespondsToItsHealthCheckAndWritesToItsVolumeOnly()
    {
        string root = Path.Combine(Folder, "root");
        await BuildAsync(root);
        (string user, string[] asUser) = User();
        Dictionary<string, string> environment = Variables(root);
        string data = environment["StepFlow__Server__Data"];
        Assert.Equal("/" + Path.GetRelativePath(root, data), Assert.Single(_file.Of("final", "VOLUME")));

        // Tests listen on the loopback, on a free port.
        environment["StepFlow__Server__Listen"] = "127.0.0.1";
        string[] command = [.. asUser, .. Dockerfile.List(_file.Of("final", "ENTRYPOINT")[0])];
        Assert.Equal(["serve"], Dockerfile.List(_file.Of("final", "CMD")[0]));
        File.WriteAllText(Path.Combine(Folder, "stepflow.json"), "{}");
        string[] before = Files(root, data);
        using ServerProcess server = await ServerProcess.StartAsync(data, Path.Combine(Folder, "stepflow.json"), Cancelled, environment, program: command);

        string status = await File.ReadAllTextAsync($"/proc/{server.Id}/status", Cancelled);
        Assert.Contains($"\nUid:\t{user}\t", status, StringComparison.Ordinal);
        environment["STEPFLOW_SERVER"] = server.Url;
        string[] check = Dockerfile.List(_file.Of("final", "HEALTHCHECK")[0].Split("CMD")[1].Trim());
        Command healthy = await Command.RunAsync("env", check, Cancelled, Folder, environment);
        Assert.Equal((0, $"{server.Url} responds.\n", string.Empty), (healthy.ExitCode, healthy.Output, healthy.Error));
        await server.StopAsync(Cancelled);
        Command ill = await Command.RunAsync("env", check, Cancelled, Folder, environment);
        Assert.Equal(5, ill.ExitCode);
        Assert.NotEmpty(Directory.GetFiles(data));
        Assert.Equal(before, Files(root, data));
    }

    [Fact]
    public async Task Container_WithoutAccessKeys_IsNotStarted()
    {
        Dictionary<string, string> environment = Bare;
        environment["StepFlow__Server__Listen"] = "0.0.0.0";
        Command run = await Command.RunAsync(packages.Program, ["serve", "--port", "0"], Cancelled, Folder, environment);
        Assert.Equal(11, run.ExitCode);
        Assert.Contains("there are no access keys", run.Error, StringComparison.Ordinal);
    }

    private static string[] Files(string root, string except) =>
        [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(file => !file.StartsWith(except, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Runs the build stage's command, and copies what the last stage takes of it.</summary>
    private async Task BuildAsync(string root)
    {
        string built = Path.Combine(Folder, "build");
        string publish = _file.Of("build", "RUN")[0].Replace("/app", built + "/app", StringComparison.Ordinal);

        // The sources are here and not at /source; what is built on the way is where scripts/package.sh has it.
        string more = $" --artifacts-path {Path.Combine(Repository.Root, ".artifacts", "package", "build")} -p:ContinuousIntegrationBuild=true -v q -nologo";
        Command published = await Command.RunAsync("sh", ["-c", "TARGETARCH=amd64; " + publish + more], Cancelled, Repository.Root);
        Assert.True(published.ExitCode == 0, published.Output + published.Error);
        Directory.CreateDirectory(Path.Combine(built, "data"));
        foreach (string copy in _file.Of("final", "COPY"))
        {
            string[] words = copy.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string target = root + words[^1];
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Command copied = await Command.RunAsync("cp", ["-a", built + words[^2], target], Cancelled);
            Assert.True(copied.ExitCode == 0, copied.Error);
            if (words.FirstOrDefault(static word => word.StartsWith("--chown=", StringComparison.Ordinal)) is { } owner && Environment.IsPrivilegedProcess)
            {
                await Command.RunAsync("chown", ["-R", owner["--chown=".Length..], target], Cancelled);
            }
        }

        foreach (string folder in (string[])[Folder, root, Path.Combine(root, "opt")])
        {
            File.SetUnixFileMode(folder, Readable);
        }
    }

    private (string Id, string[] Command) User()
    {
        string user = _file.Of("final", "USER")[0];
        string[] ids = user.Split(':');
        return Environment.IsPrivilegedProcess
            ? (ids[0], ["setpriv", $"--reuid={ids[0]}", $"--regid={ids[1]}", "--clear-groups", "--no-new-privs", "--"])
            : (UserId(), []);
    }

    private static string UserId() => File.ReadAllLines("/proc/self/status").First(static line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];

    private Dictionary<string, string> Variables(string root)
    {
        Dictionary<string, string> environment = Bare;
        foreach (string pair in _file.Of("final", "ENV")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            (string name, string value) = (pair[..pair.IndexOf('=', StringComparison.Ordinal)], pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            environment[name] = value.StartsWith('/') ? root + value.Replace("$PATH", environment["PATH"], StringComparison.Ordinal) : value;
        }

        environment["HOME"] = "/nonexistent";
        Assert.Equal("7071", environment["StepFlow__Server__Port"].ToString(CultureInfo.InvariantCulture));
        return environment;
    }
}
