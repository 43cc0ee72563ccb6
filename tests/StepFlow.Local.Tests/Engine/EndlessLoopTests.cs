using StepFlow.Execution;
using StepFlow.Execution.Signals;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Tests.Engine;

/// <summary>A machine that never rests takes its share of the host, and no more.</summary>
public class EndlessLoopTests
{
    private const string Loop = """
        {"StartAt":"A","States":{
          "A":{"Type":"Pass","Next":"B"},
          "B":{"Type":"Choice","Choices":[{"Variable":"$.never","IsPresent":true,"Next":"C"}],"Default":"A"},
          "C":{"Type":"Succeed"}}}
        """;

    private const string Pass = """{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Loop_Stopped_EndsAsAborted()
    {
        await using var fixture = new LocalHostFixture { Time = TimeProvider.System };
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "loop", Loop), Cancellation);
        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("loop"), new Stop(fixture.Now, null, null), Cancellation));
        ExecutionRecord? ended = await fixture.Host.WaitAsync(Requests.Arn("loop"), Cancellation);
        Assert.Equal(ExecutionStatus.Aborted, ended!.Status);
        Assert.True(ended.EventCount > WorkflowExecution.TransitionsPerTurn);
    }

    [Fact]
    public async Task Loop_OutOfTime_TimesOut()
    {
        await using var fixture = new LocalHostFixture { Time = TimeProvider.System };
        await fixture.StartAsync();
        ExecutionRequest request = Requests.Of(fixture, "loop", Loop.Replace("{\"StartAt\":\"A\"", "{\"TimeoutSeconds\":1,\"StartAt\":\"A\"", StringComparison.Ordinal));
        await fixture.Host.StartAsync(request with { Start = request.Start with { StartTime = TimeProvider.System.GetUtcNow() } }, Cancellation);
        Assert.Equal(ExecutionStatus.TimedOut, (await fixture.Host.WaitAsync(Requests.Arn("loop"), Cancellation))!.Status);
    }

    [Fact]
    public async Task Loops_BesideOtherMachines_LetThemThrough()
    {
        await using var fixture = new LocalHostFixture { Time = TimeProvider.System };
        await fixture.StartAsync();
        for (int number = 0; number < 8; number++)
        {
            await fixture.Host.StartAsync(Requests.Of(fixture, $"loop{number}", Loop), Cancellation);
        }

        for (int number = 0; number < 20; number++)
        {
            ExecutionRequest quick = Requests.Of(fixture, $"quick{number}", Pass);
            string arn = quick.Start.ExecutionArn.Replace(":Test:", ":Quick:", StringComparison.Ordinal);
            await fixture.Host.StartAsync(quick with { Start = quick.Start with { ExecutionArn = arn } }, Cancellation);
            Assert.Equal(ExecutionStatus.Succeeded, (await fixture.Host.WaitAsync(arn, Cancellation))!.Status);
        }
    }

    [Fact]
    public async Task Loop_AfterARestart_ContinuesAndCanBeStopped()
    {
        await using var fixture = new LocalHostFixture { Time = TimeProvider.System, SnapshotInterval = 200 };
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "loop", Loop), Cancellation);
        long before = await EventsBeyondAsync(fixture, 0);
        await fixture.RestartAsync();
        await EventsBeyondAsync(fixture, before + WorkflowExecution.TransitionsPerTurn);
        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("loop"), new Stop(fixture.Now, null, null), Cancellation));
        ExecutionRecord ended = (await fixture.Host.WaitAsync(Requests.Arn("loop"), Cancellation))!;
        Assert.Equal(ExecutionStatus.Aborted, ended.Status);
        IReadOnlyList<Execution.History.HistoryEvent> history =
            await fixture.Host.HistoryAsync(Requests.Arn("loop"), null, int.MaxValue, reverse: false, Cancellation);
        Assert.Equal(Enumerable.Range(1, (int)ended.EventCount).Select(id => (long)id), history.Select(entry => entry.Id));
    }

    [Fact]
    public async Task Loop_BesideATaskOfItsExecution_ContinuesWhileTheTaskRuns()
    {
        string beside = $$"""
            {"StartAt":"Both","States":{"Both":{"Type":"Parallel","End":true,"Branches":[
              {"StartAt":"First","States":{
                "First":{"Type":"Task","Resource":"{{Requests.Function("first")}}","Next":"Second"},
                "Second":{"Type":"Task","Resource":"{{Requests.Function("second")}}","End":true} } },
              {{Loop}}] } } }
            """;
        await using var fixture = new LocalHostFixture { Time = TimeProvider.System };
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Tasks.On("first", static _ => new TaskCompleted(JsonObject.Empty));
        fixture.Tasks.On("second", async (_, cancelled) =>
        {
            called.SetResult();
            await Task.Delay(Timeout.Infinite, cancelled);
            return new TaskCompleted(JsonObject.Empty);
        });
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "loop", beside), Cancellation);
        await called.Task.WaitAsync(Cancellation);

        long before = (await fixture.Host.FindAsync(Requests.Arn("loop"), Cancellation))!.EventCount;
        await EventsBeyondAsync(fixture, before + (10 * WorkflowExecution.TransitionsPerTurn));

        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("loop"), new Stop(fixture.Now, null, null), Cancellation));
        Assert.Equal(ExecutionStatus.Aborted, (await fixture.Host.WaitAsync(Requests.Arn("loop"), Cancellation))!.Status);
    }

    private static async Task<long> EventsBeyondAsync(LocalHostFixture fixture, long count)
    {
        // Real time: the host works by itself.
        while (true)
        {
            ExecutionRecord? found = await fixture.Host.FindAsync(Requests.Arn("loop"), Cancellation);
            if (found!.EventCount > count)
            {
                return found.EventCount;
            }

            await Task.Delay(10, Cancellation);
        }
    }
}
