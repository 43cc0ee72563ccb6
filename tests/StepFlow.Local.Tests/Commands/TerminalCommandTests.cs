using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using StepFlow.Local.Failures;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Commands;

/// <summary>The command line as a person at a terminal has it, and as a pipe has it.</summary>
public sealed partial class TerminalCommandTests : IDisposable
{
    private const string Waiting = """{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Wait","Seconds":86400,"End":true}}}""";
    private const string Failing = """{"StartAt":"A","States":{"A":{"Type":"Fail","Error":"Order.Declined","Cause":"The bank declined the card three times in a row, last at noon."}}}""";
    private const string Name = "0620dc23-5342-65e3-9d41-0b6f8f4a4f5e";

    private readonly TemporaryFolder _folder = new();
    private ServerProcess? _server;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string[] Program { get; } = ["dotnet", Path.Combine(AppContext.BaseDirectory, "stepflow.dll")];

    public void Dispose()
    {
        _server?.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(140)]
    public async Task Tables_InATerminal_KeepToItsWidthAndCutNoId(int columns)
    {
        await StartAsync();
        (int code, string[] list) = await ShowAsync(columns, "list", "m");
        (_, string[] history) = await ShowAsync(columns, "history", "m/" + Name);
        (_, string[] wide) = await ShowAsync(columns, "history", "m/" + Name, "--output", "wide");

        Assert.Equal(ExitCodes.Success, code);
        Assert.All([.. list, .. history], line => Assert.True(line.Length <= columns, line));
        Assert.Equal(2, list.Length);
        Assert.StartsWith(Name + "  FAILED", list[1], StringComparison.Ordinal);

        // All three events, one line each: the last column gives way.
        Assert.Equal(["ID", "1", "2", "3"], history.Select(static line => line.Split(' ')[0]));
        Assert.All(history.Skip(1), static line => Assert.Matches(@"^\d+ +\d+ +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z +\w", line));
        Assert.Equal(columns < 140, history[3].EndsWith('…'));
        Assert.EndsWith("last at noon.", wide[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Colours_InATerminal_AreThereUnlessRefused(bool refused)
    {
        await StartAsync();
        using var terminal = Start(100, refused ? new() { ["NO_COLOR"] = "1" } : [], "list", "m");
        Assert.Equal(ExitCodes.Success, await terminal.EndAsync(Cancelled));

        Assert.Equal(!refused, terminal.Screen.Contains("\u001b[31mFAILED\u001b[0m", StringComparison.Ordinal));
        Assert.Equal(!refused, Regex.IsMatch(terminal.Screen, @"\x1b\[[0-9;]*m"));
    }

    [Fact]
    public async Task Tables_InAPipe_AreWholeAndWithoutColours()
    {
        await StartAsync();
        CommandRun run = await PipeAsync("history", "m/" + Name);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("Order.Declined The bank declined the card three times in a row, last at noon.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public async Task Start_ThatWaits_NamesTheExecutionShowsProgressAndReportsHowToContinueAfterCtrlC()
    {
        await StartAsync();
        using var terminal = Start(100, [], "start", "waiting", "--name", "one", "--wait");
        const string Arn = "arn:aws:states:us-east-1:123456789012:execution:waiting:one";
        await terminal.WaitForAsync("Z B", Cancelled);
        await terminal.TypeAsync("\u0003", Cancelled);

        Assert.Equal(ExitCodes.Interrupted, await terminal.EndAsync(Cancelled));
        string[] lines = Lines(terminal.Screen);
        Assert.Equal(Arn, lines[0]);
        Assert.Matches("Z A$", lines[1]);
        Assert.EndsWith($"It continues to run. To follow it again: stepflow watch {Arn}", lines[^1], StringComparison.Ordinal);
        CommandRun described = await PipeAsync("describe", "waiting/one");
        Assert.Contains("RUNNING", described.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_WhoseTerminalCloses_EndsAndLeavesTheExecution()
    {
        await StartAsync();
        await PipeAsync("start", "waiting", "--name", "two");
        string pid = Path.Combine(_folder.Path, "pid");
        using var terminal = Terminal.Start(["sh", "-c", $"echo $$ > {pid}; exec \"$@\"", "sh", .. Program, "watch", "waiting/two", "--server", _server!.Url], 100);
        await terminal.WaitForAsync("Z B", Cancelled);
        using Process watch = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(pid, Cancelled), CultureInfo.InvariantCulture));

        await terminal.CloseAsync(Cancelled);

        await watch.WaitForExitAsync(Cancelled);
        CommandRun described = await PipeAsync("describe", "waiting/two");
        Assert.Contains("RUNNING", described.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("completion bash")]
    [InlineData("run many.asl.json --history --json")]
    public async Task Output_WhoseReaderLeaves_EndsWithoutAWord(string command)
    {
        string states = string.Join(',', Enumerable.Range(0, 3000).Select(static one => $"\"S{one}\":{{\"Type\":\"Pass\",\"Next\":\"S{one + 1}\"}}"));
        _folder.File("many.asl.json", $"{{\"StartAt\":\"S0\",\"States\":{{{states},\"S3000\":{{\"Type\":\"Succeed\"}}}}}}");

        // The reader is gone before the first word comes.
        CommandRun run = await ShellAsync($"{{ {string.Join(' ', Program)} {command} 2>error; echo $? >code; }} | true");

        Assert.Equal(string.Empty, run.Output);
        string error = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "error"), Cancelled);
        Assert.DoesNotContain("bug", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Broken pipe", error, StringComparison.Ordinal);
    }

    private static string[] Lines(string screen) => [.. Colour().Replace(screen, string.Empty).TrimEnd('\n').Split('\n')];

    private async Task StartAsync()
    {
        Assert.SkipUnless(Terminal.IsAvailable, "This machine has no script command to make a terminal with.");
        _server = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), _folder.File("stepflow.json", "{}"), Cancelled);
        await PipeAsync("deploy", _folder.File("m.asl.json", Failing));
        await PipeAsync("deploy", _folder.File("waiting.asl.json", Waiting));
        await PipeAsync("start", "m", "--name", Name, "--wait");
    }

    private Terminal Start(int columns, Dictionary<string, string> environment, params string[] arguments) =>
        Terminal.Start([.. Program, .. arguments, "--server", _server!.Url], columns, environment);

    private async Task<(int ExitCode, string[] Lines)> ShowAsync(int columns, params string[] arguments)
    {
        using Terminal terminal = Start(columns, [], arguments);
        int exitCode = await terminal.EndAsync(Cancelled);
        return (exitCode, Lines(terminal.Screen));
    }

    private Task<CommandRun> PipeAsync(params string[] arguments) => RunAsync([.. Program, .. arguments, "--server", _server!.Url]);

    private Task<CommandRun> ShellAsync(string script) => RunAsync(["sh", "-c", script]);

    private async Task<CommandRun> RunAsync(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.Path };
        using Process process = Process.Start(start.WithoutDiagnostics())!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(Cancelled);
        Task<string> error = process.StandardError.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        return new(process.ExitCode, await output, await error);
    }

    [GeneratedRegex("\u001b\\[[0-9;?]*[a-zA-Z=>]|\u001b[=>]")]
    private static partial Regex Colour();
}
