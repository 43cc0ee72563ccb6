using StepFlow.Testing;

namespace StepFlow.Packaging.Tests;

/// <summary>A test on packages: a folder and a home of its own, with nothing in them but a definition.</summary>
public abstract class PackagingTest : IDisposable
{
    private const string Valid = """{"StartAt":"Hello","States":{"Hello":{"Type":"Pass","Result":"world","End":true}}}""";

    private readonly TemporaryFolder _folder = new();

    protected PackagingTest()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The packages of linux-x64 are tested.");
        Directory.CreateDirectory(Home);
        File.WriteAllText(Definition, Valid);
        File.WriteAllText(Path.Combine(Folder, "wrong.asl.json"), Valid.Replace("\"End\":true", "\"Next\":\"Gone\"", StringComparison.Ordinal));
    }

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected string Folder => _folder.Path;

    protected string Home => Path.Combine(Folder, "home");

    protected string Definition => Path.Combine(Folder, "hello.asl.json");

    /// <summary>What a new user's shell has, and nothing else.</summary>
    protected Dictionary<string, string> Bare => new()
    {
        ["HOME"] = Home,
        ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_ROOT"] = Path.GetDirectoryName(Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..")))!,
    };

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What each way of installing has to be able to do.</summary>
    protected async Task CheckAsync(string program, string[] before, string version)
    {
        Command shown = await RunAsync("--version");
        Command valid = await RunAsync("validate", Definition);
        Command ran = await RunAsync("run", Definition, "--quiet");
        Command wrong = await RunAsync("validate", Path.Combine(Folder, "wrong.asl.json"));

        Assert.Equal((0, string.Empty), (shown.ExitCode, shown.Error));
        Assert.StartsWith(version, shown.Output, StringComparison.Ordinal);
        Assert.Equal((0, $"{Definition}: valid\n"), (valid.ExitCode, valid.Output));
        Assert.Equal((0, "\"world\"\n"), (ran.ExitCode, ran.Output));
        Assert.Equal(3, wrong.ExitCode);

        Task<Command> RunAsync(params string[] arguments) => Command.RunAsync(program, [.. before, .. arguments], Cancelled, Folder, Bare);
    }

    /// <summary>Starts the server, reads a page of the console, starts an execution, and waits until it has ended.</summary>
    protected async Task CheckServerAsync(IReadOnlyList<string> program)
    {
        string configuration = Path.Combine(Folder, "stepflow.json");
        await File.WriteAllTextAsync(configuration, """{"StateMachines":{"Folder":"."}}""", Cancelled);
        File.Delete(Path.Combine(Folder, "wrong.asl.json"));
        using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(Folder, "data"), configuration, Cancelled, Bare, program: program);
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };
        Assert.Contains("<script", await http.GetStringAsync(new Uri("/console/", UriKind.Relative), Cancelled), StringComparison.Ordinal);
        Command started = await Command.RunAsync(program[0], [.. program.Skip(1), "start", "hello", "--wait", "--json", "--server", server.Url], Cancelled, Folder, Bare);
        Assert.True(started.ExitCode == 0, started.Error);
        Assert.Contains("\"SUCCEEDED\"", started.Output, StringComparison.Ordinal);
        await server.StopAsync(Cancelled);
    }
}
