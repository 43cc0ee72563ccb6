using System.Diagnostics;
using StepFlow.Local.Failures;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Commands;

/// <summary><c>stepflow run --breakpoint</c>: from a pipe, and by a person at a terminal.</summary>
public sealed class BreakpointCommandTests : IDisposable
{
    private const string Machine = """
        {"StartAt":"Price","States":{
          "Price":{"Type":"Pass","Assign":{"rate":2},"Next":"Both"},
          "Both":{"Type":"Parallel","ResultPath":"$.both","Next":"Ship","Branches":[
            {"StartAt":"Left","States":{"Left":{"Type":"Pass","Parameters":{"rate.$":"$rate"},"End":true}}},
            {"StartAt":"Right","States":{"Right":{"Type":"Wait","Seconds":3600,"End":true}}}]},
          "Ship":{"Type":"Pass","End":true}}}
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commands_FromAPipe_ShowSetAndStep()
    {
        CommandRun run = await RunAsync("Both", "show\nshow $.id\nset $.id 8\nset $rate 3\nshow $states.input.id\nnext\ncontinue\n");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("Stopped before Both (Parallel).\n  input      {\"id\":7}\n  variables  {\"rate\":2}\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("help> 8\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("  $.id       8\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("Stopped before Ship (Pass).", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Stopped before Both[", run.Error, StringComparison.Ordinal);
        Assert.Contains("\"id\": 8", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"rate\": 3", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_AtAParallel_StopsInsideItInTheOrderOfItsBranches()
    {
        CommandRun run = await RunAsync("Both", "step\nstep\nstep\nstep\n");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Matches(@"(?s)Stopped before Both \(.*Stopped before Both\[0\]/Left \(.*Stopped before Both\[1\]/Right \(.*Stopped before Ship \(", run.Error);
    }

    [Theory]
    [InlineData("quit\n")]
    [InlineData("show\n")]
    public async Task Commands_ThatEnd_EndTheRun(string commands)
    {
        CommandRun run = await RunAsync("Both", commands);

        Assert.Equal((ExitCodes.ExecutionFailed, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("The run was ended at a breakpoint.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Left", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("go", "go is not a command. Commands: show, set, next, step, continue, quit, help.")]
    [InlineData("show $.none", "could not be found")]
    [InlineData("show $none", "$none")]
    [InlineData("show nonsense", "nonsense is not a path or variable")]
    [InlineData("set $.id", "set needs what to set and JSON: set $.price 5")]
    [InlineData("set $.id seven", "not JSON")]
    [InlineData("set $.id[*] 1", "Reference")]
    [InlineData("set $.id.part 1", "the input has no value at this path")]
    public async Task Command_WithAnError_ReportsItAndPromptsAgain(string command, string message)
    {
        CommandRun run = await RunAsync("Ship", command + "\ncontinue\n");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"id\": 7", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Boht", "there is no such state. Did you mean Both?")]
    [InlineData("Elsewhere", "States: Price, Both, Left, Right, Ship.")]
    public async Task Breakpoint_AtAnUnknownState_IsUsage(string state, string message)
    {
        CommandRun run = await CommandRun.OfAsync("run", _folder.File("m.asl.json", Machine), "--breakpoint", state);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminal_APersonStepsThroughTheRun()
    {
        Assert.SkipUnless(Terminal.IsAvailable, "This machine has no script command to make a terminal with.");
        using var terminal = Terminal.Start([.. Program, .. Arguments("Price")], 100);
        await terminal.WaitForAsync("help> ", Cancelled);
        await terminal.TypeAsync("next\n", Cancelled);
        await terminal.WaitForAsync("Stopped before Both", Cancelled);
        await terminal.TypeAsync("set $.id \"changed\"\n", Cancelled);
        await terminal.WaitForAsync("$.id       \"changed\"", Cancelled);
        await terminal.TypeAsync("c\n", Cancelled);

        Assert.Equal(ExitCodes.Success, await terminal.EndAsync(Cancelled));
        Assert.Contains("\"id\": \"changed\"", terminal.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminal_CtrlCAtThePrompt_EndsTheCommand()
    {
        Assert.SkipUnless(Terminal.IsAvailable, "This machine has no script command to make a terminal with.");
        using var terminal = Terminal.Start([.. Program, .. Arguments("Price")], 100);
        await terminal.WaitForAsync("help> ", Cancelled);
        await terminal.TypeAsync("\u0003", Cancelled);

        Assert.Equal(ExitCodes.Interrupted, await terminal.EndAsync(Cancelled));
    }

    private static string[] Program { get; } = ["dotnet", Path.Combine(AppContext.BaseDirectory, "stepflow.dll")];

    private string[] Arguments(string breakpoint) =>
        ["run", _folder.File("m.asl.json", Machine), "--input", "{\"id\":7}", "--virtual-time", "--breakpoint", breakpoint];

    private async Task<CommandRun> RunAsync(string breakpoint, string commands)
    {
        var start = new ProcessStartInfo(Program[0], [Program[1], .. Arguments(breakpoint)]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start.WithoutDiagnostics())!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(Cancelled);
        Task<string> error = process.StandardError.ReadToEndAsync(Cancelled);
        await process.StandardInput.WriteAsync(commands.AsMemory(), Cancelled);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Cancelled);
        return new(process.ExitCode, await output, await error);
    }
}
