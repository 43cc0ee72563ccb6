using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StepFlow.Execution.History;
using StepFlow.Functions.Activities;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Storage;
using StepFlow.Functions.Tests.Counts;
using StepFlow.Functions.Tests.Durable;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.MapRuns;
using StepFlow.Testing;

namespace StepFlow.Functions.Tests.Orchestration;

/// <summary>Distributed Maps whose children are Express executions: a page of them runs in one activity, in memory.</summary>
public sealed class ExpressMapRunTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ManyRowsOfAFile_WritesEachOnceAndHasNoOrchestrationForAChild()
    {
        const int Many = 25_000;
        MapRunFiles files = await MapRunFiles.CreateAsync(azurite.ConnectionString, Many, Cancelled);
        await using ServiceFixture fixture = await OpenAsync("\"Type\":\"Pass\"", files.Fields);
        string execution = await fixture.StartAsync("M");
        JsonObject ended = await fixture.EndAsync(execution);

        Assert.Equal("SUCCEEDED", Text(ended["status"]));
        Assert.Equal(Enumerable.Range(0, Many), await files.RowsAsync("SUCCEEDED", Cancelled));
        JsonObject run = await DescribeAsync(fixture, execution);
        foreach (string counts in (string[])["itemCounts", "executionCounts"])
        {
            Assert.Equal((Many, 0, 0, Many, Many), Counts(run, counts));
        }

        DurableDouble durable = fixture.Host.Durable;
        Assert.Equal(2, durable.All().Count);
        Assert.InRange(durable.LargestMessage, 1, ExecutionCounts.MessageLimit - 1);
        Assert.Equal(2, durable.ActivityCalls[ActivityNames.ReadChildren]);
        Assert.InRange(durable.ActivityCalls[ActivityNames.RunChildren], Many / 500, Many / 100);
    }

    [Theory]
    [InlineData("items.csv", 1.1)]
    [InlineData("items.csv.gz", 2.1)]
    public async Task Run_OfManyRanges_ReadsEachByteOnceAndKeepsItsMessagesSmall(string file, double most)
    {
        const int Many = 70_000;
        CountedObjects objects = null!;
        MapRunFiles files = await MapRunFiles.CreateAsync(azurite.ConnectionString, Many, Cancelled);
        await using ServiceFixture fixture = await OpenAsync("\"Type\":\"Pass\"", files.FieldsOf(file), services => services.Replace(ServiceDescriptor.Singleton<IObjectStore>(
            provider => objects = new CountedObjects(new BlobObjectStore(provider.GetRequiredService<WorkflowBlobs>(), provider.GetRequiredService<BlobOptions>())))));
        string execution = await fixture.StartAsync("M");
        Assert.Equal("SUCCEEDED", Text((await fixture.EndAsync(execution))["status"]));

        Assert.Equal(Enumerable.Range(0, Many), await files.RowsAsync("SUCCEEDED", Cancelled));
        DurableDouble durable = fixture.Host.Durable;
        int ranges = durable.ActivityCalls[ActivityNames.ReadChildren];
        Assert.Equal(Many / 20_000, ranges - 1);

        // A range of a CSV file reads the headers too, and what its buffer has taken behind the last row.
        Assert.InRange(objects.Bytes, files.Length(file), (long)(files.Length(file) * most) + (ranges * 32 * 1024));
        Assert.InRange(durable.LargestMessage, 1, ExecutionCounts.MessageLimit - 1);
        Assert.Empty(await CopiesAsync(fixture));
    }

    [Fact]
    public async Task Batches_OfAFile_ContainEachItemOnceAndAreCounted()
    {
        MapRunFiles files = await MapRunFiles.CreateAsync(azurite.ConnectionString, 1001, Cancelled);
        await using ServiceFixture fixture = await OpenAsync("\"Type\":\"Pass\"", files.Fields.Replace("NONE", "FLATTEN", StringComparison.Ordinal) + ",\"ItemBatcher\":{\"MaxItemsPerBatch\":10}");
        string execution = await fixture.StartAsync("M");
        Assert.Equal("SUCCEEDED", Text((await fixture.EndAsync(execution))["status"]));

        JsonObject run = await DescribeAsync(fixture, execution);
        Assert.Equal((1001, 0, 0, 1001, 1001), Counts(run, "itemCounts"));
        Assert.Equal((101, 0, 0, 101, 101), Counts(run, "executionCounts"));
    }

    [Fact]
    public async Task Children_AfterTheRun_AreListedByStatusAndDescribed()
    {
        await using ServiceFixture fixture = await OpenAsync(Task("work"), "\"ToleratedFailureCount\":5");
        fixture.Tasks.On("work", call => Number(call.Arguments) % 10 == 3 ? new TaskRejected("Custom", "because") : new TaskCompleted(call.Arguments));
        string execution = await fixture.StartAsync("M", JsonArray.From(Enumerable.Range(0, 40).Select(n => (JsonValue)n)));
        await fixture.EndAsync(execution);
        JsonValue run = (await DescribeAsync(fixture, execution))["mapRunArn"]!;

        var seen = new List<string>();
        JsonObject page = await fixture.CallAsync("ListExecutions", ("mapRunArn", run), ("maxResults", 7));
        while (true)
        {
            seen.AddRange(((JsonArray)page["executions"]!).Cast<JsonObject>().Select(child => Text(child["executionArn"])));
            if (page["nextToken"] is not { } next)
            {
                break;
            }

            page = await fixture.CallAsync("ListExecutions", ("mapRunArn", run), ("maxResults", 7), ("nextToken", next));
        }

        Assert.Equal(40, seen.Distinct().Count());
        Assert.Equal(40, seen.Count);
        JsonObject[] failed = [.. ((JsonArray)(await fixture.CallAsync("ListExecutions", ("mapRunArn", run), ("statusFilter", "FAILED")))["executions"]!).Cast<JsonObject>()];
        Assert.Equal(4, failed.Length);
        JsonObject described = await fixture.CallAsync("DescribeExecution", ("executionArn", failed[0]["executionArn"]!));
        Assert.Equal(("FAILED", "33", "Custom", "because"), (Text(described["status"]), Text(described["input"]), Text(described["error"]), Text(described["cause"])));
        Assert.Equal(HistoryEventType.ExecutionFailed, (await fixture.HistoryAsync(Text(failed[0]["executionArn"])))[^1].Type);
    }

    [Fact]
    public async Task Redrive_AfterFailedChildren_RunsOnlyWhatDidNotSucceed()
    {
        await using ServiceFixture fixture = await OpenAsync(Task("work"), "\"MaxConcurrency\":1");
        bool broken = true;
        fixture.Tasks.On("work", call => broken && Number(call.Arguments) == 30 ? new TaskRejected("Custom", "because") : new TaskCompleted(call.Arguments));
        string execution = await fixture.StartAsync("M", JsonArray.From(Enumerable.Range(0, 40).Select(n => (JsonValue)n)));
        JsonObject failed = await fixture.EndAsync(execution);
        JsonObject before = await DescribeAsync(fixture, execution);
        broken = false;
        await fixture.CallAsync("RedriveExecution", ("executionArn", execution));
        JsonObject ended = await fixture.EndAsync(execution);

        Assert.Equal("States.ExceedToleratedFailureThreshold", Text(failed["error"]));
        Assert.Equal((30L, 1L, 9L), (Count(before, "succeeded"), Count(before, "failed"), Count(before, "pending")));
        Assert.Equal($"[{string.Join(',', Enumerable.Range(0, 40))}]", Text(ended["output"]));
        Assert.Equal(Enumerable.Range(0, 40).Append(30).Order(), fixture.Tasks.Calls.Select(call => (int)Number(call.Arguments)).Order());
        Assert.Equal((40, 0, 0, 40, 40), Counts(await DescribeAsync(fixture, execution), "executionCounts"));
    }

    [Fact]
    public async Task Stop_OfTheParent_StopsTheChildrenAndCountsThem()
    {
        await using ServiceFixture fixture = await OpenAsync(Task("hang"), "\"MaxConcurrency\":2");
        fixture.Tasks.On("hang", Forever);
        string execution = await fixture.StartAsync("M", JsonArray.Create(1, 2, 3));
        await fixture.UntilAsync(() => fixture.Tasks.CallsTo("hang") == 2);
        await fixture.CallAsync("StopExecution", ("executionArn", execution));
        await fixture.UntilAsync(() => fixture.Host.Durable.All().All(instance => instance.IsCompleted));

        JsonObject run = await DescribeAsync(fixture, execution);
        Assert.Equal(("ABORTED", 2L, 1L, 0L), (Text(run["status"]), Count(run, "aborted"), Count(run, "pending"), Count(run, "running")));
    }

    [Fact]
    public async Task Concurrency_RaisedWhileItRuns_TakesEffect()
    {
        var release = new TaskCompletionSource();
        await using ServiceFixture fixture = await OpenAsync(Task("wait"), "\"MaxConcurrency\":2");
        fixture.Tasks.On("wait", async (call, token) =>
        {
            await release.Task.WaitAsync(token);
            return new TaskCompleted(call.Arguments);
        });
        string execution = await fixture.StartAsync("M", JsonArray.From(Enumerable.Range(0, 10).Select(n => (JsonValue)n)));
        await fixture.UntilAsync(() => fixture.Tasks.CallsTo("wait") == 2);
        JsonObject run = await DescribeAsync(fixture, execution);
        await fixture.UntilAsync(async () => Count(await DescribeAsync(fixture, execution), "running") == 2);
        await fixture.CallAsync("UpdateMapRun", ("mapRunArn", run["mapRunArn"]!), ("maxConcurrency", 6));
        await fixture.UntilAsync(() => fixture.Tasks.CallsTo("wait") == 6);
        release.SetResult();

        Assert.Equal("SUCCEEDED", Text((await fixture.EndAsync(execution))["status"]));
        Assert.Equal((10, 0, 0, 10, 10), Counts(await DescribeAsync(fixture, execution), "executionCounts"));
    }

    [Fact]
    public async Task Activity_ThatIsRepeated_RunsNoChildAgainAndCountsTheSame()
    {
        await using ServiceFixture fixture = await OpenAsync(Task("work"), "\"MaxConcurrency\":4");
        fixture.Tasks.On("work", call => new TaskCompleted(call.Arguments));
        string execution = await fixture.StartAsync("M", JsonArray.From(Enumerable.Range(0, 8).Select(n => (JsonValue)n)));
        await fixture.EndAsync(execution);
        DurableInstance run = fixture.Host.Durable.All().Single(instance => instance.Name == ActivityNames.MapRunOrchestrator);
        MapRunTask task = fixture.Host.Durable.Converter.Deserialize<MapRunInput>(run.Input!)!.Run;
        var activities = (ExpressChildActivities)fixture.Host.App.Create(typeof(ExpressChildActivities));

        ChildrenRan again = await activities.RunAsync(new(task, 3, 0, 4, 0), fixture.Host.Client, Cancelled);

        Assert.Equal((1L, 1L, string.Empty), (again.Items.Succeeded, again.Executions.Succeeded, again.Left));
        Assert.Equal(8, fixture.Tasks.CallsTo("work"));
    }

    [Fact]
    public async Task Items_ThatBreakOff_FailTheRunAndStopTheChildren()
    {
        await using ServiceFixture fixture = await OpenAsync(
            "\"Type\":\"Pass\"",
            "\"ItemReader\":{\"Resource\":\"arn:aws:states:::s3:getObject\",\"ReaderConfig\":{\"InputType\":\"JSON\"},\"Parameters\":{\"Bucket\":\"none-here\",\"Key\":\"a.json\"}}");
        string execution = await fixture.StartAsync("M");

        Assert.Equal("States.ItemReaderFailed", Text((await fixture.EndAsync(execution))["error"]));
        Assert.Equal("FAILED", Text((await DescribeAsync(fixture, execution))["status"]));
    }

    private static async Task<TaskOutcome> Forever(TaskCall call, CancellationToken cancellationToken)
    {
        await System.Threading.Tasks.Task.Delay(Timeout.Infinite, cancellationToken);
        return new TaskCompleted(1);
    }

    private static async Task<JsonObject> DescribeAsync(ServiceFixture fixture, string execution)
    {
        JsonValue run = ((JsonObject)((JsonArray)(await fixture.CallAsync("ListMapRuns", ("executionArn", execution)))["mapRuns"]!)[0])["mapRunArn"]!;
        return await fixture.CallAsync("DescribeMapRun", ("mapRunArn", run));
    }

    private static (int Total, int Pending, int Running, int Succeeded, int Written) Counts(JsonObject run, string member)
    {
        var counts = (JsonObject)run[member]!;
        return ((int)Number(counts["total"]), (int)Number(counts["pending"]), (int)Number(counts["running"]), (int)Number(counts["succeeded"]), (int)Number(counts["resultsWritten"]));
    }

    private static long Count(JsonObject run, string name) => Number(((JsonObject)run["executionCounts"]!)[name]);

    private static long Number(JsonValue? value) => ((JsonNumber)value!).TryGetInt64(out long number) ? number : throw new FormatException($"{value} is no whole number.");

    private static string Text(JsonValue? value) => ((JsonString)value!).Value;

    private static string Task(string function) => string.Create(CultureInfo.InvariantCulture, $"\"Type\":\"Task\",\"Resource\":\"{Requests.Function(function)}\"");

    private static async Task<IReadOnlyList<ObjectSummary>> CopiesAsync(ServiceFixture fixture)
    {
        DurableInstance run = fixture.Host.Durable.All().Single(static instance => instance.Name == ActivityNames.MapRunOrchestrator);
        MapRunTask task = fixture.Host.Durable.Converter.Deserialize<MapRunInput>(run.Input!)!.Run;
        ExecutionStorage storage = fixture.Host.App.Get<ExecutionStorage>();
        OpenedMapRun opened = await OpenedMapRun.OpenAsync(storage, task, Cancelled);
        return (await storage.CopiesOf(opened.Names.Arn).ListAsync("copies", string.Empty, null, Cancelled)).Objects;
    }

    private async Task<ServiceFixture> OpenAsync(string state, string more, Action<IServiceCollection>? configure = null)
    {
        ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite, configure: configure);
        await fixture.CreateMachineAsync("M", $$"""
            {"StartAt":"M","States":{"M":{"Type":"Map",{{more}},"End":true,"ItemProcessor":{
              "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},
              "StartAt":"I","States":{"I":{ {{state}},"End":true} } } } } }
            """);
        return fixture;
    }
}
