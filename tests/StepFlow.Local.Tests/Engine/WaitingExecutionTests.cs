using StepFlow.Execution;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Tests.Engine;

public class WaitingExecutionTests
{
    private const string Wait = """{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":600,"End":true}}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_LongAhead_LeavesMemory()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 500).Select(number =>
            fixture.Host.StartAsync(Requests.Of(fixture, $"w{number}", Wait), Cancellation)));
        await LeaveAsync(fixture, 0);
        Assert.Equal(500, fixture.Local.WaitingOnTimers);

        await fixture.RestartAsync();
        Assert.Equal((0, 500), (fixture.Local.Resident, fixture.Local.WaitingOnTimers));
        fixture.Clock.Advance(TimeSpan.FromSeconds(601));
        foreach (int number in Enumerable.Range(0, 500))
        {
            ExecutionRecord? ended = await fixture.Host.WaitAsync(Requests.Arn($"w{number}"), Cancellation);
            Assert.Equal(ExecutionStatus.Succeeded, ended!.Status);
        }

        await LeaveAsync(fixture, 0);
        Assert.Equal(0, fixture.Local.WaitingOnTimers);
    }

    [Fact]
    public async Task Token_Waiting_LeavesMemory()
    {
        await using var fixture = new LocalHostFixture();
        fixture.Tasks.On("sendMessage", _ => new TaskAccepted(Language.Json.JsonObject.Empty));
        await fixture.StartAsync();
        string definition = """
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{},"End":true}}}
            """;
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", definition), Cancellation);
        await LeaveAsync(fixture, 0);
        Assert.Equal(ExecutionStatus.Running, (await fixture.Host.FindAsync(Requests.Arn("a"), Cancellation))!.Status);
    }

    [Fact]
    public async Task Token_RestartAfterASnapshot_IsNotSentAgain()
    {
        await using var fixture = new LocalHostFixture { SnapshotInterval = 1 };
        fixture.Tasks.On("sendMessage", _ => new TaskAccepted(Language.Json.JsonObject.Empty));
        await fixture.StartAsync();
        string definition = """
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{},"End":true}}}
            """;
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", definition), Cancellation);
        await LeaveAsync(fixture, 0);
        string task = fixture.Tasks.Calls.Single().TaskId;

        await fixture.RestartAsync();
        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), new Execution.Signals.TaskHeartbeat(fixture.Now, task), Cancellation));
        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), new Execution.Signals.TaskSucceeded(fixture.Now, task, 1), Cancellation));

        Assert.Equal(ExecutionStatus.Succeeded, (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!.Status);
        Assert.Equal(1, fixture.Tasks.CallsTo("sendMessage"));
    }

    [Fact]
    public async Task Stop_Waiting_RemovesTheTimer()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Wait), Cancellation);
        await fixture.Host.SignalAsync(Requests.Arn("a"), new Execution.Signals.Stop(fixture.Now, null, null), Cancellation);
        await LeaveAsync(fixture, 0);
        Assert.Equal(0, fixture.Local.WaitingOnTimers);
    }

    [Fact]
    public async Task Tasks_MoreThanTheLimit_WaitTheirTurn()
    {
        await using var fixture = new LocalHostFixture { MaxConcurrentTasks = 3 };
        int running = 0;
        int most = 0;
        fixture.Tasks.On("work", async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return new TaskCompleted(1);
        });
        await fixture.StartAsync();
        string definition = $$"""{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{Requests.Function("work")}}","End":true} } }""";
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
        {
            await fixture.Host.StartAsync(Requests.Of(fixture, $"t{number}", definition), Cancellation);
            await fixture.Host.WaitAsync(Requests.Arn($"t{number}"), Cancellation);
        }));
        Assert.InRange(most, 1, 3);
        Assert.Equal(100, fixture.Tasks.CallsTo("work"));
    }

    [Fact]
    public async Task Task_Throwing_IsTriedAgainAndNeverFailsTheWorkflow()
    {
        await using var fixture = new LocalHostFixture();
        int calls = 0;
        fixture.Tasks.On("work", _ => ++calls < 3 ? throw new InvalidOperationException("A bug.") : new TaskCompleted("ok"));
        await fixture.StartAsync();
        string definition = $$"""{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{Requests.Function("work")}}","End":true} } }""";
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", definition), Cancellation);
        Task<ExecutionRecord?> end = fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);
        await fixture.MoveUntilAsync(end, TimeSpan.FromSeconds(1));

        Assert.Equal(ExecutionStatus.Succeeded, (await end)!.Status);
        Assert.Single(fixture.Tasks.Calls.Select(call => call.IdempotencyKey).Distinct());
    }

    [Fact]
    public async Task Shutdown_TaskRunning_IsCancelledWithoutARecord()
    {
        await using var fixture = new LocalHostFixture();
        var begun = new TaskCompletionSource();
        bool cancelled = false;
        fixture.Tasks.On("work", async (_, cancellation) =>
        {
            begun.TrySetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            }
            finally
            {
                cancelled = true;
            }

            return new TaskCompleted(1);
        });
        await fixture.StartAsync();
        string definition = $$"""{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{Requests.Function("work")}}","End":true} } }""";
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", definition), Cancellation);
        await begun.Task.WaitAsync(Cancellation);
        await fixture.CloseAsync();
        Assert.True(cancelled);

        fixture.Tasks.Returns("work", 5);
        fixture.Open(null);
        Assert.Equal("5", (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!.Output!.ToString());
    }

    [Fact]
    public async Task Purge_EndedLongAgo_RemovesEverythingOfIt()
    {
        await using var fixture = new LocalHostFixture();
        fixture.Tasks.Returns("work", new string('x', 2000));
        await fixture.StartAsync();
        string definition = $$"""{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{Requests.Function("work")}}","End":true} } }""";
        await fixture.Host.StartAsync(Requests.Of(fixture, "old", definition), Cancellation);
        await fixture.Host.WaitAsync(Requests.Arn("old"), Cancellation);
        var runs = new MapRunStore(fixture.Local.Documents);
        MapRunRecord record = RunOf("old");
        MapRunRecord other = RunOf("older");
        await runs.SaveAsync(record, static current => current, Cancellation);
        await runs.SaveAsync(other, static current => current, Cancellation);
        fixture.Clock.Advance(TimeSpan.FromDays(10));
        await fixture.Host.StartAsync(Requests.Of(fixture, "new", definition), Cancellation);
        await fixture.Host.WaitAsync(Requests.Arn("new"), Cancellation);

        Assert.Equal(1, await fixture.Local.PurgeAsync(fixture.Clock.GetUtcNow() - TimeSpan.FromDays(5), Cancellation));
        Assert.Null(await fixture.Host.FindAsync(Requests.Arn("old"), Cancellation));
        Assert.Null(await runs.FindAsync(record.Arn, Cancellation));
        Assert.Empty(await runs.ByExecution.ListAsync(MapRunStore.Prefix(Requests.Arn("old")), null, 10, Cancellation));
        Assert.NotNull(await runs.FindAsync(other.Arn, Cancellation));
        Assert.Equal(2002, (await fixture.Host.FindAsync(Requests.Arn("new"), Cancellation))!.Output!.Utf8Length);
    }

    private static MapRunRecord RunOf(string execution) => new()
    {
        Arn = $"arn:aws:states:us-east-1:123456789012:mapRun:Test/Items:{execution}",
        ExecutionArn = Requests.Arn(execution),
        StartDate = DateTimeOffset.UnixEpoch,
    };

    private static async Task LeaveAsync(LocalHostFixture fixture, int resident)
    {
        // Real time: the last commit is reported on another thread.
        while (fixture.Local.Resident > resident)
        {
            await Task.Delay(5, Cancellation);
        }
    }
}
