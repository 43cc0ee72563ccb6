using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Hosting.Compliance;

/// <summary>What every host must do, and the histories it must give: the same on all of them. A host's tests derive from it and supply the fixture.</summary>
public abstract partial class HostCompliance
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract HostFixture CreateFixture();

    [Fact]
    public async Task Start_NewExecution_RunsToItsEnd()
    {
        await using HostFixture fixture = await OpenAsync();
        StartOutcome outcome = await StartAsync(fixture, "a", Machines.Pass);
        Assert.True(outcome.Created);

        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal(ExecutionStatus.Succeeded, ended.Status);
        Assert.Equal("""{"x":1}""", ended.Output!.ToString());
        Assert.NotNull(ended.StopTime);
        await AssertHistoryAsync(
            fixture,
            "a",
            HistoryEventType.ExecutionStarted, HistoryEventType.PassStateEntered, HistoryEventType.PassStateExited, HistoryEventType.ExecutionSucceeded);
    }

    /// <summary>The first turn is longer than a caller may wait: the start is recorded alone, and the states follow.</summary>
    [Fact]
    public async Task Start_EndlessExpression_FailsByItself()
    {
        await using HostFixture fixture = await OpenAsync();
        StartOutcome outcome = await StartAsync(fixture, "a", Machines.Endless);
        Assert.True(outcome.Created);

        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal((ExecutionStatus.Failed, "States.QueryEvaluationError"), (ended.Status, ended.Error));
        await AssertHistoryAsync(
            fixture,
            "a",
            HistoryEventType.ExecutionStarted, HistoryEventType.PassStateEntered, HistoryEventType.EvaluationFailed, HistoryEventType.ExecutionFailed);
        Assert.False((await StartAsync(fixture, "a", Machines.Endless)).Created);
    }

    [Fact]
    public async Task Start_SameNameTwice_GivesTheFirst()
    {
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.Returns("work", 1);
        StartOutcome first = await StartAsync(fixture, "a", Machines.Wait(60), JsonObject.Create(("first", true)));
        StartOutcome second = await StartAsync(fixture, "a", Machines.Wait(60), JsonObject.Create(("first", false)));

        Assert.True(first.Created);
        Assert.False(second.Created);
        Assert.Equal("""{"first":true}""", second.Execution.Start.Input.ToString());
        await fixture.RestartAsync();
        Assert.False((await StartAsync(fixture, "a", Machines.Pass)).Created);
    }

    [Fact]
    public async Task Start_SameNameAtTheSameTime_CreatesOne()
    {
        await using HostFixture fixture = await OpenAsync();
        StartOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StartAsync(fixture, "a", Machines.Wait(60))));
        Assert.Single(outcomes, outcome => outcome.Created);
    }

    [Fact]
    public async Task Find_NoSuchExecution_IsNull()
    {
        await using HostFixture fixture = await OpenAsync();
        Assert.Null(await fixture.Host.FindAsync(Requests.Arn("none"), Cancellation));
        Assert.Null(await fixture.Host.WaitAsync(Requests.Arn("none"), Cancellation));
        Assert.Empty(await fixture.Host.HistoryAsync(Requests.Arn("none"), null, 10, reverse: false, Cancellation));
        Assert.False(await fixture.Host.SignalAsync(Requests.Arn("none"), new Stop(fixture.Now, null, null), Cancellation));
    }

    [Fact]
    public async Task Fail_State_RecordsErrorAndCause()
    {
        await using HostFixture fixture = await OpenAsync();
        await StartAsync(fixture, "a", Machines.Fail);
        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal((ExecutionStatus.Failed, "Broken", "By design."), (ended.Status, ended.Error, ended.Cause));
    }

    /// <summary>There is no error then, not one with an empty name (DescribeExecution).</summary>
    [Fact]
    public async Task Fail_StateWithOnlyACause_RecordsNoError()
    {
        await using HostFixture fixture = await OpenAsync();
        await StartAsync(fixture, "a", """{"StartAt":"A","States":{"A":{"Type":"Fail","Cause":"By design."}}}""");
        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal((ExecutionStatus.Failed, null, "By design."), (ended.Status, ended.Error, ended.Cause));
    }

    [Fact]
    public async Task Wait_NotDue_StaysUntilDue()
    {
        await using HostFixture fixture = await OpenAsync();
        await StartAsync(fixture, "a", Machines.Wait(3600));
        fixture.Clock.Advance(TimeSpan.FromSeconds(3599));
        Assert.Equal(ExecutionStatus.Running, (await FindAsync(fixture, "a")).Status);

        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal(ExecutionStatus.Succeeded, ended.Status);
        Assert.True(ended.StopTime - ended.Start.StartTime >= TimeSpan.FromSeconds(3600));
    }

    [Fact]
    public async Task Wait_RestartBeforeDue_EndsWhenDue()
    {
        await using HostFixture fixture = await OpenAsync();
        await StartAsync(fixture, "a", Machines.Wait(3600));
        await fixture.RestartAsync();
        Assert.Equal(ExecutionStatus.Running, (await FindAsync(fixture, "a")).Status);
        fixture.Clock.Advance(TimeSpan.FromSeconds(3601));
        Assert.Equal(ExecutionStatus.Succeeded, (await EndAsync(fixture, "a")).Status);
    }

    [Fact]
    public async Task History_Pages_ReadTheSameBothWays()
    {
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.Returns("step", 1);
        await StartAsync(fixture, "a", Machines.Sequence(10));
        ExecutionRecord ended = await EndAsync(fixture, "a");
        long[] forwards = await PagesAsync(fixture, reverse: false);
        long[] backwards = await PagesAsync(fixture, reverse: true);
        Assert.Equal(Enumerable.Range(1, (int)ended.EventCount).Select(id => (long)id), forwards);
        Assert.Equal(forwards.Reverse(), backwards);
    }

    [Fact]
    public async Task List_Filters_FindTheirExecutions()
    {
        await using HostFixture fixture = await OpenAsync();
        await StartAsync(fixture, "a", Machines.Pass);
        await StartAsync(fixture, "b", Machines.Fail);
        await StartAsync(fixture, "c", Machines.Wait(60));
        await EndAsync(fixture, "a");
        await EndAsync(fixture, "b");

        Assert.Equal(["c", "b", "a"], await NamesAsync(fixture, new()));
        Assert.Equal(["b"], await NamesAsync(fixture, new() { Status = ExecutionStatus.Failed }));
        Assert.Equal(["c"], await NamesAsync(fixture, new() { Status = ExecutionStatus.Running }));
        Assert.Empty(await NamesAsync(fixture, new() { StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:Other" }));
        Page<ExecutionSummary> first = await fixture.Host.ListAsync(new() { Count = 2 }, Cancellation);
        await fixture.RestartAsync();
        Page<ExecutionSummary> second = await fixture.Host.ListAsync(new() { Count = 2, After = first.Next }, Cancellation);
        Assert.Equal(["c", "b", "a"], first.Items.Concat(second.Items).Select(item => item.Name));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Start_EverythingGiven_IsStored()
    {
        await using HostFixture fixture = await OpenAsync();
        ExecutionRequest request = Requests.Of(fixture, "a", Machines.Wait(60), JsonObject.Create(("text", new string('x', 5000)))) with
        {
            Configuration = JsonObject.Create(("revisionId", "r")),
            TraceHeader = "trace",
            MockTestCase = "case",
        };
        request = request with { Start = request.Start with { StateMachineVersionArn = "version", InputText = "{ }", Region = "eu-west-1" } };
        await fixture.Host.StartAsync(request, Cancellation);
        await fixture.RestartAsync();
        ExecutionRecord found = await FindAsync(fixture, "a");
        Assert.Equal(request.Start, found.Start);
        Assert.Equal(("trace", "case"), (found.Request.TraceHeader, found.Request.MockTestCase));
        Assert.Equal("""{"revisionId":"r"}""", found.Request.Configuration.ToString());
        Assert.Equal(request.Definition, found.Definition);
    }

    protected static async Task UntilAsync(Func<Task<bool>> condition)
    {
        // Real time: what is waited for runs on other threads.
        while (!await condition())
        {
            await Task.Delay(5, Cancellation);
        }
    }

    protected static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    /// <summary>Lets time pass until something has happened: a timer may not have been set yet when the clock is first moved.</summary>
    private static Task<StartOutcome> StartAsync(HostFixture fixture, string name, string definition, JsonValue? input = null) =>
        fixture.Host.StartAsync(Requests.Of(fixture, name, definition, input), Cancellation);

    private static async Task<ExecutionRecord> EndAsync(HostFixture fixture, string name) =>
        (await fixture.Host.WaitAsync(Requests.Arn(name), Cancellation).WaitAsync(fixture.EndLimit, Cancellation))!;

    private static async Task<ExecutionRecord> FindAsync(HostFixture fixture, string name) =>
        (await fixture.Host.FindAsync(Requests.Arn(name), Cancellation))!;

    private static async Task<IReadOnlyList<HistoryEventType>> TypesAsync(HostFixture fixture, string name) =>
        [.. (await fixture.Host.HistoryAsync(Requests.Arn(name), null, int.MaxValue, reverse: false, Cancellation)).Select(entry => entry.Type)];

    private static async Task AssertHistoryAsync(HostFixture fixture, string name, params HistoryEventType[] types) =>
        Assert.Equal(types, await TypesAsync(fixture, name));

    private static async Task AssertNoGapAsync(HostFixture fixture, string name)
    {
        HistoryPage events = await fixture.Host.HistoryAsync(Requests.Arn(name), null, int.MaxValue, reverse: false, Cancellation);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(id => (long)id), events.Select(entry => entry.Id));
        Assert.Equal((await FindAsync(fixture, name)).EventCount, events.Count);
    }

    private static async Task<long[]> PagesAsync(HostFixture fixture, bool reverse)
    {
        var ids = new List<long>();
        while (true)
        {
            HistoryPage page = await fixture.Host.HistoryAsync(
                Requests.Arn("a"), ids.Count == 0 ? null : ids[^1], 7, reverse, Cancellation);
            if (page.Count == 0)
            {
                return [.. ids];
            }

            ids.AddRange(page.Select(entry => entry.Id));
        }
    }

    private static async Task<IEnumerable<string>> NamesAsync(HostFixture fixture, ExecutionQuery query) =>
        (await fixture.Host.ListAsync(query, Cancellation)).Items.Select(item => item.Name);

    /// <summary>The id of the one task that was called: the end of its idempotency key.</summary>
    private async Task<HostFixture> OpenAsync()
    {
        HostFixture fixture = CreateFixture();
        await fixture.StartAsync();
        return fixture;
    }
}
