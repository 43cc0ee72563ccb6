using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Messages;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Problems;

namespace StepFlow.Functions.Tests.TaskHub;

/// <summary>What only the durable back end itself shows: its timers, its operators, its events.</summary>
public sealed class HubExecutionTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Waits_OfBrokenSeconds_AreNeverTooShort()
    {
        await using HubHostFixture fixture = await OpenAsync();
        DateTimeOffset due = TimeProvider.System.GetUtcNow().AddSeconds(2.6);
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", $$"""
            {"StartAt":"W","States":{"W":{"Type":"Wait","Timestamp":"{{due:yyyy-MM-ddTHH:mm:ss.fffZ}}","Next":"T"},
            "T":{"Type":"Task","Resource":"{{Requests.Function("after")}}","End":true} } }
            """), Cancelled);
        DateTimeOffset called = default;
        fixture.Tasks.On("after", _ =>
        {
            called = TimeProvider.System.GetUtcNow();
            return new TaskCompleted(1);
        });

        Assert.Equal(ExecutionStatus.Succeeded, (await EndAsync(fixture, "a")).Status);
        Assert.True(called >= due.AddMilliseconds(-1), $"{called:O} is before {due:O}.");
    }

    [Fact]
    public async Task Task_WhoseCallIsRepeated_IsReportedAndTriedAgainOnRequest()
    {
        await using HubHostFixture fixture = await OpenAsync();
        bool isDown = true;
        fixture.Tasks.On("work", _ => isDown ? throw new HttpRequestException("No connection.") : new TaskCompleted("done"));
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Machines.Task("work", string.Empty)), Cancelled);

        // The pauses grow: by the third attempt the next one is twelve seconds away, by the fourth half a minute.
        ExecutionProblem problem = await ProblemAsync(fixture, problem => problem.FailedAttempts == 3);
        Assert.Equal(ExecutionProblemKind.TaskRepeated, problem.Kind);
        Assert.Contains("No connection.", problem.Reason, StringComparison.Ordinal);
        Assert.True(problem.NextAttempt > problem.Since);
        isDown = false;
        Assert.True(await fixture.App.Get<IExecutionProblems>().RetryAsync(Requests.Arn("a"), Cancelled));

        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal("\"done\"", ended.Output!.ToString());
        Assert.True(ended.StopTime < problem.NextAttempt, $"{ended.StopTime:O} is not before {problem.NextAttempt:O}.");
        Assert.Empty(await fixture.App.Get<IExecutionProblems>().FindAsync(Requests.Arn("a"), Cancelled));
    }

    [Fact]
    public async Task Instance_SuspendedByAnOperator_IsReportedAndResumedOnRequest()
    {
        await using HubHostFixture fixture = await OpenAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Machines.Wait(2)), Cancelled);
        await fixture.Client.SuspendInstanceAsync(InstanceIds.Of(Requests.Arn("a")), "by hand", Cancelled);

        ExecutionProblem problem = await ProblemAsync(fixture, static _ => true);
        IExecutionProblems problems = fixture.App.Get<IExecutionProblems>();
        Assert.Equal(ExecutionProblemKind.Suspended, problem.Kind);
        Assert.Equal(Requests.Arn("a"), Assert.Single(await problems.ListAsync(9, Cancelled)).ExecutionArn);
        Assert.Equal(ExecutionStatus.Running, (await fixture.Host.FindAsync(Requests.Arn("a"), Cancelled))!.Status);
        Assert.True(await problems.RetryAsync(Requests.Arn("a"), Cancelled));

        Assert.Equal(ExecutionStatus.Succeeded, (await EndAsync(fixture, "a")).Status);
    }

    [Fact]
    public async Task Task_FailingTwice_IsRetriedAfterItsInterval()
    {
        await using HubHostFixture fixture = await OpenAsync();
        fixture.Tasks.On("work", call => call.RetryCount < 2 ? new TaskRejected("Bad", null) : new TaskCompleted("done"));
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Machines.Task("work", ",\"Retry\":[{\"ErrorEquals\":[\"Bad\"],\"IntervalSeconds\":1,\"BackoffRate\":1}]")), Cancelled);

        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal("\"done\"", ended.Output!.ToString());
        Assert.Equal(3, fixture.Tasks.Calls.Count);
        Assert.True(ended.StopTime - ended.Start.StartTime >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Tasks_OutOfTime_AreWrittenAsTimedOut()
    {
        const int Count = 8;
        await using HubHostFixture fixture = await OpenAsync();
        fixture.Tasks.On("work", async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return new TaskCompleted(1);
        });
        string[] names = [.. Enumerable.Range(0, Count).Select(number => $"e{number}")];
        await Task.WhenAll(names.Select(name => fixture.Host.StartAsync(Requests.Of(fixture, name, Machines.Task("work", ",\"TimeoutSeconds\":2")), Cancelled)));
        foreach (string name in names)
        {
            Assert.Equal((ExecutionStatus.Failed, "States.Timeout"), await EndAsync(fixture, name) is var ended ? (ended.Status, ended.Error) : default);
            Assert.Equal(
                [
                    HistoryEventType.ExecutionStarted, HistoryEventType.TaskStateEntered, HistoryEventType.LambdaFunctionScheduled,
                    HistoryEventType.LambdaFunctionStarted, HistoryEventType.LambdaFunctionTimedOut, HistoryEventType.ExecutionFailed,
                ],
                (await HistoryAsync(fixture, name)).Select(e => e.Type));
        }
    }

    [Fact]
    public async Task Instance_TerminatedByAnOperator_IsAnExecutionThatEndedAndCanBeRedriven()
    {
        await using HubHostFixture fixture = await OpenAsync();
        bool hangs = true;
        fixture.Tasks.Returns("a", "A").On("b", async (_, cancellation) =>
        {
            await Task.Delay(hangs ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellation);
            return new TaskCompleted("B");
        });
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Machines.Parallel), Cancelled);
        await UntilAsync(() => fixture.Tasks.CallsTo("b") == 1);
        await fixture.Client.TerminateInstanceAsync(InstanceIds.Of(Requests.Arn("a")), cancellation: Cancelled);
        ExecutionRecord ended = await EndAsync(fixture, "a");

        Assert.Equal(ExecutionStatus.Aborted, ended.Status);
        IReadOnlyList<HistoryEvent> events = await HistoryAsync(fixture, "a");
        Assert.Equal((HistoryEventType.ExecutionAborted, ended.EventCount), (events[^1].Type, events.Count));
        Assert.Equal(["a"], (await fixture.Host.ListAsync(new() { Status = ExecutionStatus.Aborted }, Cancelled)).Items.Select(item => item.Name));
        Assert.False(await fixture.Host.SignalAsync(Requests.Arn("a"), new Stop(fixture.Now, null, null), Cancelled));

        hangs = false;
        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), new Redrive(fixture.Now), Cancelled));
        Assert.Equal("""["A","B"]""", (await EndAsync(fixture, "a")).Output!.ToString());
        Assert.Equal(HistoryEventType.ExecutionSucceeded, (await HistoryAsync(fixture, "a"))[^1].Type);
    }

    [Fact]
    public async Task RetentionRun_AfterAnOperatorTerminated_EndsTheExecutionThatNobodyLooksAt()
    {
        await using HubHostFixture fixture = await OpenAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "terminated", Machines.Wait(3600)), Cancelled);
        await fixture.Host.StartAsync(Requests.Of(fixture, "failed", Machines.Fail), Cancelled);
        await fixture.Host.StartAsync(Requests.Of(fixture, "running", Machines.Wait(3600)), Cancelled);
        await EndAsync(fixture, "failed");
        string instance = InstanceIds.Of(Requests.Arn("terminated"));
        await fixture.Client.TerminateInstanceAsync(instance, cancellation: Cancelled);
        await fixture.Client.WaitForInstanceCompletionAsync(instance, Cancelled);
        await fixture.App.Get<Retention>().RunAsync(Cancelled);

        // The history is read as it is stored: describing an execution would end it, too.
        Assert.Equal(HistoryEventType.ExecutionAborted, (await HistoryAsync(fixture, "terminated"))[^1].Type);
        Assert.Equal(HistoryEventType.WaitStateEntered, (await HistoryAsync(fixture, "running"))[^1].Type);
        Assert.Equal("Broken", (await fixture.Host.FindAsync(Requests.Arn("failed"), Cancelled))!.Error);
    }

    [Fact]
    public async Task Loop_WithoutEnd_CanBeStoppedAndLetsOthersRun()
    {
        await using HubHostFixture fixture = await OpenAsync();
        fixture.Tasks.Returns("step", 1);
        await fixture.Host.StartAsync(
            Requests.Of(fixture, "loop", """{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Choice","Choices":[{"Variable":"$.x","IsPresent":true,"Next":"E"}],"Default":"A"},"E":{"Type":"Succeed"}}}"""),
            Cancelled);
        long first = (await fixture.Host.FindAsync(Requests.Arn("loop"), Cancelled))!.EventCount;
        await UntilAsync(async () => (await fixture.Host.FindAsync(Requests.Arn("loop"), Cancelled))!.EventCount > first + WorkflowExecution.TransitionsPerTurn);
        await fixture.Host.StartAsync(Requests.Of(fixture, "other", Machines.Sequence(3)), Cancelled);
        Assert.Equal(ExecutionStatus.Succeeded, (await EndAsync(fixture, "other")).Status);

        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("loop"), new Stop(fixture.Now, "Enough", null), Cancelled));
        ExecutionRecord ended = await EndAsync(fixture, "loop");
        Assert.Equal((ExecutionStatus.Aborted, "Enough"), (ended.Status, ended.Error));
        Assert.Equal(ended.EventCount, (await HistoryAsync(fixture, "loop")).Count);
    }

    [Fact]
    public async Task Messages_ThatCannotBeRead_DelayNoOthers()
    {
        await using HubHostFixture fixture = await OpenAsync();
        fixture.Tasks.Returns("step", 1);
        var queues = new QueueServiceClient(azurite.ConnectionString);
        await foreach (QueueItem queue in queues.GetQueuesAsync(prefix: fixture.Prefix[..^1], cancellationToken: Cancelled))
        {
            // A message that reads as one of the back end's but holds no task is not sent: reading it fails with the whole
            // batch that it comes in, and the others of the batch appear again after five minutes only.
            await queues.GetQueueClient(queue.Name).SendMessageAsync("no message of ours", Cancelled);
        }

        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Machines.Sequence(3)), Cancelled);
        Assert.Equal(ExecutionStatus.Succeeded, (await EndAsync(fixture, "a")).Status);
    }

    [Theory]
    [InlineData("\"x\"")]
    [InlineData("17")]
    [InlineData("null")]
    [InlineData("""{"Kind":99}""")]
    [InlineData("""{"Kind":2}""")]
    [InlineData("""{"Kind":2,"Output":{"Text":"no JSON"}}""")]
    [InlineData("""{"Kind":2,"Output":{"Packed":"AAAA"}}""")]
    [InlineData("""{"Kind":2,"Output":{"Hash":"../../x","Length":5}}""")]
    public async Task Event_ThatIsNone_IsIgnored(string payload)
    {
        await using HubHostFixture fixture = await OpenAsync();
        fixture.Tasks.On("sendMessage", _ => new TaskAccepted(JsonObject.Empty));
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Machines.Token()), Cancelled);
        await UntilAsync(async () => (await HistoryAsync(fixture, "a")).Any(e => e.Type == HistoryEventType.TaskSubmitted));
        string key = fixture.Tasks.Calls.Last().IdempotencyKey;
        string task = key[(key.LastIndexOf('/') + 1)..];
        string instance = InstanceIds.Of(Requests.Arn("a"));
        await fixture.Client.RaiseTextAsync(instance, EventNames.Stop, payload);
        await fixture.Client.RaiseTextAsync(instance, EventNames.Task(task), payload);
        await fixture.Host.SignalAsync(Requests.Arn("a"), new TaskSucceeded(fixture.Now, task, JsonObject.Create(("answer", 42))), Cancelled);

        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal((ExecutionStatus.Succeeded, """{"answer":42}"""), (ended.Status, ended.Output!.ToString()));
    }

    private static async Task<ExecutionRecord> EndAsync(HubHostFixture fixture, string name) =>
        (await fixture.Host.WaitAsync(Requests.Arn(name), Cancelled).WaitAsync(fixture.EndLimit, Cancelled))!;

    private static async Task<IReadOnlyList<HistoryEvent>> HistoryAsync(HubHostFixture fixture, string name)
    {
        HistoryPage events = await fixture.Host.HistoryAsync(Requests.Arn(name), null, int.MaxValue, reverse: false, Cancelled);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(id => (long)id), events.Select(e => e.Id));
        return events;
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(20, Cancelled);
        }
    }

    /// <summary>The response that names the job of a function arrives when the execution has ended.</summary>
    [Fact]
    public async Task Stop_WhileAFunctionsJobIsStarted_StopsTheJob()
    {
        await using HubHostFixture fixture = await OpenAsync();
        var isStopped = new TaskCompletionSource();
        fixture.Tasks.On("work", async Task<TaskOutcome> (call, _) =>
        {
            if (call.StopsJob)
            {
                return new TaskCompleted(JsonObject.Empty);
            }

            await isStopped.Task;
            return new TaskPending(JsonObject.Empty, JsonObject.Create(("id", "job-1")), TimeSpan.FromHours(1));
        });
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Machines.Task("work", string.Empty)), Cancelled);
        await UntilAsync(() => Task.FromResult(!fixture.Tasks.Calls.IsEmpty));
        await fixture.Host.SignalAsync(Requests.Arn("a"), new Stop(fixture.Now, null, null), Cancelled);
        await UntilAsync(async () => (await fixture.Host.FindAsync(Requests.Arn("a"), Cancelled))!.Status == ExecutionStatus.Aborted);
        isStopped.SetResult();

        await UntilAsync(() => Task.FromResult(fixture.Tasks.Calls.Any(static call => call.StopsJob)));
        Assert.Equal("""{"id":"job-1"}""", fixture.Tasks.Calls.Single(static call => call.StopsJob).JobReference!.ToString());
    }

    private async Task<HubHostFixture> OpenAsync()
    {
        var fixture = new HubHostFixture(azurite);
        await fixture.StartAsync();
        return fixture;
    }

    private static async Task<ExecutionProblem> ProblemAsync(HubHostFixture fixture, Func<ExecutionProblem, bool> isIt)
    {
        while (true)
        {
            if ((await fixture.App.Get<IExecutionProblems>().FindAsync(Requests.Arn("a"), Cancelled)).FirstOrDefault(isIt) is { } problem)
            {
                return problem;
            }

            await Task.Delay(50, Cancelled);
        }
    }
}
