using System.Text.RegularExpressions;
using StepFlow.Language.Json;
using StepFlow.Local.Failures;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Commands;

/// <summary>The life of a machine by the command line alone, on a real server.</summary>
public sealed partial class WorkflowCommandTests : IDisposable
{
    private const string Pass = """{"StartAt":"First","States":{"First":{"Type":"Pass","Next":"Second"},"Second":{"Type":"Pass","End":true}}}""";
    private const string Fail = """{"StartAt":"Broken","States":{"Broken":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:none","End":true}}}""";
    private const string Activity = """{"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:us-east-1:123456789012:activity:approve","End":true}}}""";

    private readonly TemporaryFolder _folder = new();
    private string _url = string.Empty;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Deploy_AFolder_CreatesUpdatesAndPublishes()
    {
        using ServerProcess server = await StartAsync();
        string folder = Path.GetDirectoryName(_folder.File("machines/a.asl.json", Pass))!;
        _folder.File("machines/b.asl.json", Fail);

        Assert.Equal(["a create", "b create"], await DeployAsync(folder, "--dry-run"));
        Assert.Empty((JsonArray)JsonValue.Parse((await RunAsync("list", "--json")).Output));
        Assert.Equal(["a created", "b created"], await DeployAsync(folder));
        _folder.File("machines/a.asl.json", Pass.Replace("Second", "Last", StringComparison.Ordinal));
        Assert.Equal(["a updated 1", "b unchanged 1"], await DeployAsync(folder, "--alias", "live"));
        Assert.Equal(["a unchanged 1", "b unchanged 1"], await DeployAsync(folder, "--alias", "live"));
        Assert.Contains("stateMachine:a:live", (await RunAsync("aliases", "a")).Output, StringComparison.Ordinal);
        Assert.Contains("stateMachine:a:1", (await RunAsync("versions", "a")).Output, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Success, (await RunAsync("delete", "b")).ExitCode);
        CommandRun again = await RunAsync("delete", "never");
        Assert.Equal(ExitCodes.Refused, again.ExitCode);
        Assert.Contains("StateMachineDoesNotExist", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_AChangedDefinition_ShowsWhatChangesBeforeItIsMade()
    {
        using ServerProcess server = await StartAsync();
        await RunAsync("deploy", _folder.File("m.asl.json", """{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":3600,"Next":"B"},"B":{"Type":"Succeed"}}}"""));
        string changed = _folder.File("m.asl.json", """{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":5,"Next":"C"},"C":{"Type":"Succeed"}}}""");
        const string Shown = """
            m:
              ~ States.A.Seconds 3600 → 5
              ~ States.A.Next "B" → "C"
              - States.B {"Type":"Succeed"}
              + States.C {"Type":"Succeed"}

            """;

        CommandRun dry = await RunAsync("deploy", changed, "--dry-run");
        CommandRun run = await RunAsync("deploy", changed, "--json");
        await File.AppendAllTextAsync(changed, "\n", Cancelled);
        CommandRun formatted = await RunAsync("deploy", changed);

        Assert.Equal((ExitCodes.Success, Shown), (dry.ExitCode, dry.Error));
        Assert.Equal((ExitCodes.Success, Shown), (run.ExitCode, run.Error));
        Assert.Equal(4, ((JsonArray)((JsonObject)((JsonArray)JsonValue.Parse(run.Output))[0])["changes"]!).Count);
        Assert.Equal((ExitCodes.Success, "m: only the formatting of the definition changes.\n"), (formatted.ExitCode, formatted.Error));
    }

    [Fact]
    public async Task StartWait_AnExecution_NamesItAndShowsItsStates()
    {
        using ServerProcess server = await StartAsync();
        await RunAsync("deploy", _folder.File("m.asl.json", Pass));

        CommandRun run = await RunAsync("start", "m", "--name", "one", "--wait");

        string[] progress = run.Error.Trim().Split('\n');
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal("arn:aws:states:us-east-1:123456789012:execution:m:one", progress[0]);
        Assert.EndsWith(" First", progress[1], StringComparison.Ordinal);
        Assert.EndsWith(" Second", progress[2], StringComparison.Ordinal);
        Assert.Contains("Status:    SUCCEEDED", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redrive_AFailedExecution_IsFollowedAgain()
    {
        using ServerProcess server = await StartAsync();
        await RunAsync("deploy", _folder.File("m.asl.json", Fail));
        CommandRun failed = await RunAsync("start", "m", "--name", "one", "--wait");
        Assert.Equal(ExitCodes.ExecutionFailed, failed.ExitCode);

        CommandRun redriven = await RunAsync("redrive", "m/one", "--wait");
        Assert.Equal(ExitCodes.ExecutionFailed, redriven.ExitCode);
        Assert.Contains("Redriven:", redriven.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ActivitiesWork_WithAProgram_CompletesTasks()
    {
        using ServerProcess server = await StartAsync();
        Assert.Equal(ExitCodes.Success, (await RunAsync("activities", "create", "approve")).ExitCode);
        await RunAsync("deploy", _folder.File("m.asl.json", Activity));
        await RunAsync("start", "m", "--name", "one", "--input", "{\"n\":7}");

        CommandRun worked = await RunAsync("activities", "work", "approve", "--once", "--", "cat");
        Assert.Equal((ExitCodes.Success, "Task succeeded."), (worked.ExitCode, worked.Error.Trim()));
        JsonObject ended = (JsonObject)JsonValue.Parse((await RunAsync("watch", "m/one", "--json")).Output);
        Assert.Equal("{\"n\":7}", ended["output"]!.ToString());

        await RunAsync("start", "m", "--name", "two");
        CommandRun broken = await RunAsync("activities", "work", "approve", "--once", "--", "sh", "-c", "echo no >&2; exit 3");
        Assert.Contains("Task failed: ProgramFailed no", broken.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.ExecutionFailed, (await RunAsync("watch", "m/two")).ExitCode);
    }

    [Fact]
    public async Task SendTask_WithAToken_CompletesTheTask()
    {
        using ServerProcess server = await StartAsync();
        await RunAsync("activities", "create", "approve");
        await RunAsync("deploy", _folder.File("m.asl.json", Activity));
        await RunAsync("start", "m", "--name", "one");
        JsonObject task = await server.PostAsync("api/activities/approve/task", JsonObject.Empty, Cancelled);
        string token = ((JsonString)task["taskToken"]!).Value;

        Assert.Equal(ExitCodes.Success, (await RunAsync("send-task-heartbeat", token)).ExitCode);
        Assert.Equal(ExitCodes.Success, (await RunAsync("send-task-failure", token, "--error", "Denied")).ExitCode);
        CommandRun ended = await RunAsync("watch", "m/one");
        Assert.Contains("Error:     Denied", ended.Output, StringComparison.Ordinal);
        CommandRun late = await RunAsync("send-task-success", token, "--output", "1");
        Assert.Equal(ExitCodes.Refused, late.ExitCode);
    }

    [Fact]
    public async Task Tags_OfAMachine_AreChangedAndShown()
    {
        using ServerProcess server = await StartAsync();
        await RunAsync("deploy", _folder.File("m.asl.json", Pass));
        const string Arn = "arn:aws:states:us-east-1:123456789012:stateMachine:m";

        await RunAsync("tags", Arn, "--add", "team=shop", "--add", "owner=a=b");
        CommandRun shown = await RunAsync("tags", Arn, "--remove", "team");

        Assert.Equal("KEY    VALUE\nowner  a=b\n", shown.Output);
    }

    [Fact]
    public async Task TestState_OfAMachine_ShowsItsDataFlow()
    {
        using ServerProcess server = await StartAsync();
        CommandRun run = await RunAsync("test-state", _folder.File("m.asl.json", Fail), "--state", "Broken", "--mock", """{"result":"{\"ok\":true}"}""");

        Assert.Equal((ExitCodes.Success, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal("SUCCEEDED", ((JsonString)((JsonObject)JsonValue.Parse(run.Output))["status"]!).Value);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(140)]
    public async Task List_InATerminal_KeepsIdsWholeAndLinesUnwrapped(int columns)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no program 'script' to make a terminal.");
        using ServerProcess server = await StartAsync();
        await RunAsync("deploy", _folder.File("m.asl.json", Pass));
        string id = Guid.NewGuid().ToString();
        await RunAsync("start", "m", "--name", id, "--wait");

        string command = $"stty cols {columns}; dotnet {Path.Combine(AppContext.BaseDirectory, "stepflow.dll")} list m --server {_url}";
        (int exit, string output, _) = await ClientProcess.RunAsync(new(_url), "script", ["-qec", command, "/dev/null"], Cancelled);

        // Control sequences for the terminal take no columns.
        string[] lines = [.. TerminalControl().Replace(output, string.Empty).Trim().Split('\n').Select(static line => line.TrimEnd('\r'))];
        Assert.Equal(0, exit);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith(id + "  SUCCEEDED", lines[1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(line.Length <= columns, line));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("ZSH")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Completion_OfAShell_CallsTheCommand(string shell) => Assert.Contains("[suggest:", (await CommandRun.OfAsync("completion", shell)).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Suggest_ABeginning_CompletesIt() => Assert.Contains("describe", (await CommandRun.OfAsync("[suggest:12]", "stepflow des")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task ConfigShow_WithSecrets_HidesThem()
    {
        string file = _folder.File("stepflow.json", """{"AccessKeys":{"k":{"Secret":"hidden-1"}},"Functions":{"f":{"Command":"c","Environment":{"TOKEN":"hidden-2"}}},"Region":"eu-west-1"}""");
        CommandRun run = await CommandRun.OfAsync("config", "show", "-c", file);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.DoesNotContain("hidden", run.Output, StringComparison.Ordinal);
        Assert.Contains("Region", run.Output, StringComparison.Ordinal);
        Assert.Contains("eu-west-1", run.Output, StringComparison.Ordinal);
        Assert.Contains(file, run.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\e(?:\[[?0-9;]*[A-Za-z]|[=>])")]
    private static partial Regex TerminalControl();

    private async Task<ServerProcess> StartAsync()
    {
        ServerProcess server = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), _folder.File("stepflow.json", "{}"), Cancelled);
        _url = server.Url;
        return server;
    }

    private Task<CommandRun> RunAsync(params string[] arguments)
    {
        int program = Array.IndexOf(arguments, "--");
        return CommandRun.OfAsync(program < 0 ? [.. arguments, "--server", _url] : [.. arguments[..program], "--server", _url, .. arguments[program..]]);
    }

    private async Task<string[]> DeployAsync(params string[] arguments)
    {
        CommandRun run = await RunAsync(["deploy", .. arguments, "--json"]);
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        return [.. ((JsonArray)JsonValue.Parse(run.Output)).Cast<JsonObject>().Select(static one => string.Join(' ', new[] { "name", "action", "version" }.Select(name => ((JsonString)one[name]!).Value)).TrimEnd())];
    }
}
