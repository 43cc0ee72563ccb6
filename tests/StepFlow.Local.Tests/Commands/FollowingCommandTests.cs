using StepFlow.Language.Json;
using StepFlow.Local.Commands;
using StepFlow.Local.Failures;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Commands;

/// <summary>Machines that are changed, logged and followed by the command line, on a real server.</summary>
public sealed class FollowingCommandTests : IDisposable
{
    private const string Machine = """{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Fail","Error":"Broken"}}}""";

    private readonly TemporaryFolder _folder = new();
    private ServerProcess? _server;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.Path, "data");

    public void Dispose()
    {
        _server?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Update_AMachine_ChangesWhatIsNamedAndPublishes()
    {
        await StartAsync();
        await RunAsync("deploy", _folder.File("m.asl.json", Machine));

        CommandRun updated = await RunAsync("update", "m", "--definition", _folder.File("new.asl.yaml", "StartAt: C\nStates: {C: {Type: Succeed}}\n"), "--publish");
        CommandRun role = await RunAsync("update", "m", "--role", "arn:aws:iam::123456789012:role/other");

        Assert.Equal(ExitCodes.Success, updated.ExitCode);
        Assert.Contains("stateMachine:m:1 was published", updated.Output, StringComparison.Ordinal);
        Assert.Equal("m was updated.\n", role.Output);
        JsonObject machine = await _server!.GetAsync("api/statemachines/m?payloads=text", Cancelled);
        Assert.Contains("\"C\"", ((JsonString)machine["definition"]!).Value, StringComparison.Ordinal);
        Assert.EndsWith("role/other", ((JsonString)machine["roleArn"]!).Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is nothing to change.")]
    [InlineData("need --log-level", "--log-group", "g")]
    [InlineData("must be one of ALL, ERROR, FATAL, OFF", "--log-level", "loud")]
    public async Task Update_WithoutAChange_IsUsage(string message, params string[] options)
    {
        CommandRun run = await CommandRun.OfAsync(["update", "m", .. options]);
        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EXPRESS")]
    [InlineData("STANDARD")]
    public async Task MapRuns_OfAnExecution_ShowTheirProgress(string type)
    {
        await StartAsync();
        await RunAsync("deploy", _folder.File("m.asl.json", $$$"""
            {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"{{{type}}}"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true} } } } } }
            """));

        CommandRun followed = await RunAsync("start", "m", "--name", "one", "--input", _folder.File("items.json", "[1,2,3]"), "--wait");
        CommandRun listed = await RunAsync("map-runs", "m/one", "--output", "wide");
        var described = (JsonObject)((JsonArray)JsonValue.Parse((await RunAsync("map-runs", "m/one", "--json")).Output))[0];

        Assert.Contains("  Map Run: 3 of 3 items, ", followed.Error, StringComparison.Ordinal);
        Assert.Matches("SUCCEEDED .* 3 of 3 items, [0-9.,]+ per second .*mapRun:m/", listed.Output);
        Assert.Equal("3", ((JsonObject)described["itemCounts"]!)["succeeded"]!.ToString());
    }

    [Fact]
    public async Task Logs_OfAMachineThatIsLogged_ShowItsEvents()
    {
        await StartAsync();
        await RunAsync("deploy", _folder.File("m.asl.json", Machine));
        await RunAsync("update", "m", "--log-level", "error", "--log-group", "orders");
        await RunAsync("start", "m", "--name", "one", "--wait");
        await RunAsync("start", "m", "--name", "two", "--wait");
        await _server!.StopAsync(Cancelled);

        CommandRun shown = await CommandRun.OfAsync("logs", "--group", "orders", "--execution", "m/two", "--data", Data);
        CommandRun limited = await CommandRun.OfAsync("logs", "--group", "orders", "--limit", "1", "--data", Data, "--json");
        CommandRun missing = await CommandRun.OfAsync("logs", "--data", Data);

        Assert.Matches("m/two +ExecutionFailed +Broken", shown.Output);
        Assert.DoesNotContain("m/one", shown.Output, StringComparison.Ordinal);
        Assert.Single((JsonArray)JsonValue.Parse(limited.Output));
        Assert.Equal(ExitCodes.InvalidInput, missing.ExitCode);
        Assert.Contains("Existing groups: orders.", missing.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Logs_ThatFollow_GoOnWithWhatIsWritten(bool json)
    {
        await StartAsync();
        await RunAsync("deploy", _folder.File("m.asl.json", Machine));
        await RunAsync("update", "m", "--log-level", "error", "--log-group", "orders");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var output = new LineWriter();
        var error = new LineWriter();

        // The file comes with the first record.
        Task<int> following = StepFlowCommandLine.RunAsync(["logs", "--follow", "--group", "orders", "--data", Data, .. json ? (string[])["--json"] : []], output, error, ending.Token);
        Assert.Contains("Waiting for it.", await error.NextAsync(Cancelled), StringComparison.Ordinal);
        foreach (string name in (string[])["one", "two"])
        {
            await RunAsync("start", "m", "--name", name);
            string line = await output.NextAsync(Cancelled);
            while (!line.Contains("ExecutionFailed", StringComparison.Ordinal))
            {
                line = await output.NextAsync(Cancelled);
            }

            Assert.Contains(name, json ? ((JsonString)((JsonObject)JsonValue.Parse(line))["execution_arn"]!).Value : line.Split("  ")[1], StringComparison.Ordinal);
        }

        await ending.CancelAsync();
        Assert.Equal(ExitCodes.Interrupted, await following);
    }

    [Fact]
    public async Task Tail_OfAMachine_FollowsWhatStarts()
    {
        await StartAsync();
        await RunAsync("deploy", _folder.File("m.asl.json", Machine));
        await RunAsync("start", "m", "--name", "before", "--wait");

        Task<CommandRun> tail = RunAsync("tail", "m", "--limit", "1");
        while (!tail.IsCompleted)
        {
            // Whichever starts after it has begun to look is the one that it follows.
            await RunAsync("start", "m", "--wait");
        }

        CommandRun followed = await tail;
        Assert.Equal((ExitCodes.Success, string.Empty), (followed.ExitCode, followed.Error));
        Assert.Matches(@"\S+  [0-9:.]+Z A\n", followed.Output);
        Assert.Matches(@"\S+  [0-9:.]+Z FAILED Broken\n", followed.Output);
        Assert.DoesNotContain("before", followed.Output, StringComparison.Ordinal);
    }

    private async Task StartAsync() => _server = await ServerProcess.StartAsync(Data, _folder.File("stepflow.json", "{}"), Cancelled);

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfAsync([.. arguments, "--server", _server!.Url]);
}
