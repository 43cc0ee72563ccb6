using StepFlow.Language.Json;
using StepFlow.Runtime.InMemory;
using StepFlow.Service.Errors;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Executions;

/// <summary>The operations on Map Runs, while they run and after.</summary>
public sealed class MapRunTests
{
    private const string Definition = """
        {"StartAt":"Map","States":{"Map":{"Type":"Map","Label":"many","ItemsPath":"$","MaxConcurrency":1,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":100,"End":true}}},"End":true}}}
        """;

    private readonly VirtualClock _clock = new(new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TestService _test;

    public MapRunTests() => _test = new(_clock);

    [Fact]
    public Task Describe_WhileItRunsAndAfter_CountsTheItems() => _clock.RunAsync(async () =>
    {
        (string execution, string run) = await StartAsync("[1,2,3]");
        JsonObject early = await _test.CallAsync("DescribeMapRun", ("mapRunArn", run));
        await _test.Host.WaitAsync(execution, CancellationToken.None);
        JsonObject late = await _test.CallAsync("DescribeMapRun", ("mapRunArn", run));

        Assert.Equal("RUNNING", TestService.Text(early, "status"));
        Assert.Equal("SUCCEEDED", TestService.Text(late, "status"));
        var counts = (JsonObject)late["itemCounts"]!;
        Assert.Equal(3, ((JsonNumber)counts["succeeded"]!).ToDouble());
        Assert.Equal(3, ((JsonNumber)counts["total"]!).ToDouble());
        return 0;
    });

    [Fact]
    public Task Update_HigherConcurrency_TakesEffectAtOnce() => _clock.RunAsync(async () =>
    {
        DateTimeOffset began = _clock.GetUtcNow();
        (string execution, string run) = await StartAsync("[1,2,3,4,5]");
        await _test.CallAsync("UpdateMapRun", ("mapRunArn", run), ("maxConcurrency", 5));
        await _test.Host.WaitAsync(execution, CancellationToken.None);

        Assert.InRange((_clock.GetUtcNow() - began).TotalSeconds, 100, 110);
        return 0;
    });

    [Fact]
    public Task Update_RunThatHasEnded_IsRefused() => _clock.RunAsync(async () =>
    {
        (string execution, string run) = await StartAsync("[1]");
        await _test.Host.WaitAsync(execution, CancellationToken.None);
        (string code, _) = await _test.RefuseAsync("UpdateMapRun", ("mapRunArn", run), ("maxConcurrency", 5));

        Assert.Equal(ErrorCodes.Validation, code);
        return 0;
    });

    [Fact]
    public Task List_Children_AreOfTheRun() => _clock.RunAsync(async () =>
    {
        (string execution, string run) = await StartAsync("[1,2]");
        await _test.Host.WaitAsync(execution, CancellationToken.None);
        var children = (JsonArray)(await _test.CallAsync("ListExecutions", ("mapRunArn", run)))["executions"]!;
        var runs = (JsonArray)(await _test.CallAsync("ListMapRuns", ("executionArn", execution)))["mapRuns"]!;

        Assert.Equal(2, children.Count);
        Assert.All(children, child => Assert.Equal(run, TestService.Text((JsonObject)child, "mapRunArn")));
        Assert.EndsWith(":stateMachine:m/many", TestService.Text((JsonObject)Assert.Single(runs), "stateMachineArn"), StringComparison.Ordinal);
        return 0;
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Children_InRest_HaveTheirItemAndInAwsDoNot(bool seesItemIndex) => _clock.RunAsync(async () =>
    {
        (string execution, string run) = await StartAsync("[7,8]");
        await _test.Host.WaitAsync(execution, CancellationToken.None);
        var caller = new CallerContext { IsRest = seesItemIndex };
        ApiResult listed = await _test.Service.InvokeAsync("ListExecutions", JsonObject.Create(("mapRunArn", run)), caller, CancellationToken.None);
        foreach (JsonValue child in (JsonArray)listed.Response!["executions"]!)
        {
            JsonObject request = JsonObject.Create(("executionArn", ((JsonObject)child)["executionArn"]!));
            JsonObject described = (await _test.Service.InvokeAsync("DescribeExecution", request, caller, CancellationToken.None)).Response!;
            JsonValue? item = seesItemIndex ? (JsonValue)(TestService.Text(described, "input") == "7" ? 0 : 1) : null;

            Assert.Equal((item, item), (((JsonObject)child)["itemIndex"], described["itemIndex"]));
        }

        return 0;
    });

    [Fact]
    public async Task Describe_UnknownRun_IsNotFound()
    {
        (string code, _) = await _test.RefuseAsync("DescribeMapRun", ("mapRunArn", "arn:aws:states:us-east-1:123456789012:mapRun:m/many:none"));

        Assert.Equal(ErrorCodes.ResourceNotFound, code);
    }

    private async Task<(string Execution, string Run)> StartAsync(string items)
    {
        string execution = await _test.StartAsync(await _test.CreateAsync("m", Definition), items);
        await Task.Delay(TimeSpan.FromSeconds(1), _clock);
        var runs = (JsonArray)(await _test.CallAsync("ListMapRuns", ("executionArn", execution)))["mapRuns"]!;
        return (execution, TestService.Text((JsonObject)Assert.Single(runs), "mapRunArn"));
    }
}
