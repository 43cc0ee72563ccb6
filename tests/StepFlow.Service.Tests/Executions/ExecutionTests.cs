using StepFlow.Language.Json;
using StepFlow.Service.Errors;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Executions;

/// <summary>Executions beyond what was recorded: names, redrives, Express, histories.</summary>
public sealed class ExecutionTests
{
    private const string FailOnce = """
        {"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"fail-once"},"End":true}}}
        """;

    private readonly TestService _test = new();

    [Fact]
    public async Task Start_SameNameAndInputWhileItRuns_GivesTheSame()
    {
        string machine = await _test.CreateAsync("m", TestService.WaitDefinition);
        JsonObject first = await StartAsync(machine, """{"a": 1}""");
        JsonObject again = await StartAsync(machine, """{"a":1}""");

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task Start_SameNameOtherInput_IsRefused()
    {
        string machine = await _test.CreateAsync("m", TestService.WaitDefinition);
        await StartAsync(machine, "1");

        (string code, string message) = await _test.RefuseAsync("StartExecution", ("stateMachineArn", machine), ("name", "n"), ("input", "2"));

        Assert.Equal(ErrorCodes.ExecutionAlreadyExists, code);
        Assert.Equal("Execution Already Exists: 'arn:aws:states:us-east-1:123456789012:execution:m:n'", message);
    }

    [Fact]
    public async Task Start_SameNameAfterItEnded_IsRefused()
    {
        string machine = await _test.CreateAsync("m");
        await StartAsync(machine, "1");
        await _test.Host.WaitAsync("arn:aws:states:us-east-1:123456789012:execution:m:n", TestContext.Current.CancellationToken);

        (string code, _) = await _test.RefuseAsync("StartExecution", ("stateMachineArn", machine), ("name", "n"), ("input", "1"));

        Assert.Equal(ErrorCodes.ExecutionAlreadyExists, code);
    }

    [Fact]
    public async Task Start_ExpressTwiceWithOneName_StartsTwo()
    {
        string machine = await _test.CreateAsync("m", TestService.PassDefinition, "EXPRESS");
        JsonObject first = await StartAsync(machine, "1");
        JsonObject second = await StartAsync(machine, "1");

        Assert.NotEqual(TestService.Text(first, "executionArn"), TestService.Text(second, "executionArn"));
        Assert.StartsWith("arn:aws:states:us-east-1:123456789012:express:m:n:", TestService.Text(first, "executionArn"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redrive_SameClientToken_ChangesNothingAgain()
    {
        string machine = await _test.CreateAsync("m", FailOnce);
        string execution = await _test.StartAsync(machine);
        await _test.Host.WaitAsync(execution, TestContext.Current.CancellationToken);
        JsonObject first = await _test.CallAsync("RedriveExecution", ("executionArn", execution), ("clientToken", "t"));
        await _test.Host.WaitAsync(execution, TestContext.Current.CancellationToken);
        JsonObject again = await _test.CallAsync("RedriveExecution", ("executionArn", execution), ("clientToken", "t"));
        JsonObject described = await _test.CallAsync("DescribeExecution", ("executionArn", execution));

        Assert.Equal(first, again);
        Assert.Equal("SUCCEEDED", TestService.Text(described, "status"));
        Assert.Equal(1, ((JsonNumber)described["redriveCount"]!).ToDouble());
        Assert.Equal(2, _test.Scripted.Calls.Count);
    }

    [Fact]
    public async Task Redrive_RunningExecution_IsRefused()
    {
        string execution = await _test.StartAsync(await _test.CreateAsync("m", TestService.WaitDefinition));

        (string code, string message) = await _test.RefuseAsync("RedriveExecution", ("executionArn", execution));

        Assert.Equal(ErrorCodes.ExecutionNotRedrivable, code);
        Assert.Equal("Execution is RUNNING and cannot be redriven", message);
    }

    [Fact]
    public async Task Stop_RunningExecution_AbortsIt()
    {
        string execution = await _test.StartAsync(await _test.CreateAsync("m", TestService.WaitDefinition));
        await _test.CallAsync("StopExecution", ("executionArn", execution), ("error", "E"), ("cause", "C"));
        JsonObject described = await _test.CallAsync("DescribeExecution", ("executionArn", execution));

        Assert.Equal("ABORTED", TestService.Text(described, "status"));
        Assert.Equal("E", TestService.Text(described, "error"));
        Assert.Equal("C", TestService.Text(described, "cause"));
    }

    [Fact]
    public async Task History_PageByPage_IsWholeInBothDirections()
    {
        string execution = await _test.StartAsync(await _test.CreateAsync("m", FailOnce));
        await _test.Host.WaitAsync(execution, TestContext.Current.CancellationToken);
        long[] forwards = await EventIdsAsync(execution, reverse: false);
        long[] backwards = await EventIdsAsync(execution, reverse: true);

        Assert.Equal(Enumerable.Range(1, forwards.Length).Select(id => (long)id), forwards);
        Assert.Equal(forwards.Reverse(), backwards);
    }

    [Fact]
    public async Task History_TokenOfAnotherList_IsRefused()
    {
        string execution = await _test.StartAsync(await _test.CreateAsync("m"));
        await _test.Host.WaitAsync(execution, TestContext.Current.CancellationToken);
        JsonObject page = await _test.CallAsync("GetExecutionHistory", ("executionArn", execution), ("maxResults", 1));

        (string code, _) = await _test.RefuseAsync("GetExecutionHistory", ("executionArn", execution), ("maxResults", 1), ("reverseOrder", true), ("nextToken", page["nextToken"]!));

        Assert.Equal(ErrorCodes.InvalidToken, code);
    }

    [Fact]
    public async Task Describe_MetadataOnly_LeavesThePayloadsOut()
    {
        string execution = await _test.StartAsync(await _test.CreateAsync("m"), """{"secret":1}""");
        await _test.Host.WaitAsync(execution, TestContext.Current.CancellationToken);
        JsonObject described = await _test.CallAsync("DescribeExecution", ("executionArn", execution), ("includedData", "METADATA_ONLY"));

        Assert.DoesNotContain("secret", described.ToString(), StringComparison.Ordinal);
        Assert.Equal("""{"included":false}""", described["inputDetails"]!.ToString());
    }

    [Fact]
    public async Task PageToken_AfterARestart_IsStillValid()
    {
        for (int i = 0; i < 3; i++)
        {
            await _test.CallAsync("CreateActivity", ("name", $"a{i}"));
        }

        JsonObject first = await _test.CallAsync("ListActivities", ("maxResults", 2));
        var restarted = new TestService(documents: _test.Documents);
        JsonObject second = await restarted.CallAsync("ListActivities", ("maxResults", 2), ("nextToken", first["nextToken"]!));

        Assert.Equal("a2", TestService.Text((JsonObject)((JsonArray)second["activities"]!)[0], "name"));
        Assert.False(second.ContainsKey("nextToken"));
    }

    private Task<JsonObject> StartAsync(string machine, string input) =>
        _test.CallAsync("StartExecution", ("stateMachineArn", machine), ("name", "n"), ("input", input));

    private async Task<long[]> EventIdsAsync(string execution, bool reverse)
    {
        var ids = new List<long>();
        JsonValue? token = null;
        do
        {
            (string, JsonValue)[] members = [("executionArn", execution), ("maxResults", 2), ("reverseOrder", reverse)];
            JsonObject page = await _test.CallAsync("GetExecutionHistory", token is null ? members : [.. members, ("nextToken", token)]);
            ids.AddRange(((JsonArray)page["events"]!).Select(item => (long)((JsonNumber)((JsonObject)item)["id"]!).ToDouble()));
            token = page["nextToken"];
        }
        while (token is not null);
        return [.. ids];
    }
}
