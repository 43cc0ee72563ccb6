using System.Globalization;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.InMemory;
using StepFlow.Testing;

namespace StepFlow.Runtime.Tests.InMemory;

public sealed class InMemoryRunnerTests
{
    private const string TaskState = "{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'arn:aws:lambda:us-east-1:123456789012:function:work','End':true}}}";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_WaitsAndRetries_TakeVirtualTimeOnly()
    {
        var clock = new VirtualClock(Runs.Start);
        int calls = 0;
        var runner = Runner(clock, _ => ++calls < 3 ? new TaskRejected("Busy", null) : new TaskCompleted(calls));
        InMemoryExecution ended = await runner.RunAsync(
            Runs.Machine("{'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':31536000,'Next':'T'},'T':{'Type':'Task','Resource':'arn:aws:lambda:us-east-1:123456789012:function:work','Retry':[{'ErrorEquals':['Busy'],'IntervalSeconds':60,'BackoffRate':2}],'End':true}}}"),
            Runs.Of("a"), null, Cancelled);

        Assert.Equal((ExecutionStatus.Succeeded, "3"), (ended.Status, ended.Output!.ToString()));
        Assert.Equal(Runs.Start.AddSeconds(31536000 + 60 + 120), ended.StopTime);
    }

    [Theory]
    [InlineData("TimeoutSeconds")]
    [InlineData("HeartbeatSeconds")]
    public async Task RunAsync_TaskThatReallyTakesTooLong_TimesOutUnderVirtualTimeToo(string field)
    {
        var real = new ManualClock();
        var clock = new VirtualClock(Runs.Start, real);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var runner = Runner(clock, async (_, token) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return new TaskCompleted(1);
        });
        Task<InMemoryExecution> run = runner.RunAsync(
            Runs.Machine(TaskState.Replace("'End'", $"'{field}':2,'End'", StringComparison.Ordinal)), Runs.Of("a"), null, Cancelled);
        await begun.Task;
        real.Advance(TimeSpan.FromSeconds(2));
        InMemoryExecution ended = await run;

        Assert.Equal((ExecutionStatus.Failed, "States.Timeout"), (ended.Status, ended.Error?.Name));
        Assert.Equal(Runs.Start.AddSeconds(2), ended.StopTime);
    }

    [Fact]
    public async Task RunAsync_SystemClock_RunsTasksOffTheCallersThread()
    {
        var runner = Runner(TimeProvider.System, call => new TaskCompleted(call.Arguments));
        InMemoryExecution ended = await runner.RunAsync(Runs.Machine(TaskState), Runs.Of("a", JsonValue.Parse("[1]")), null, Cancelled);
        Assert.Equal("[1]", ended.Output!.ToString());
        Assert.Equal(Enumerable.Range(1, ended.History.Count).Select(id => (long)id), ended.History.Select(item => item.Id));
    }

    [Fact]
    public async Task RunAsync_ConcurrentTasksUnderVirtualTime_GiveTheSameHistoryWhicheverEndsFirst()
    {
        const int Count = 8;
        async Task<string> RunAsync(Func<int, int> order)
        {
            var clock = new VirtualClock(Runs.Start);
            TaskCompletionSource[] ends = [.. Enumerable.Range(0, Count).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
            int begun = 0;
            var runner = Runner(clock, async (call, token) =>
            {
                if (Interlocked.Increment(ref begun) == Count)
                {
                    ends[order(0)].SetResult();
                }

                // Each task that ends lets the next one end.
                int place = Enumerable.Range(0, Count).Single(at => order(at) == int.Parse(call.Arguments.ToString(), CultureInfo.InvariantCulture));
                await ends[order(place)].Task.WaitAsync(token);
                if (place + 1 < Count)
                {
                    ends[order(place + 1)].SetResult();
                }

                return new TaskCompleted(call.Arguments);
            });
            InMemoryExecution ended = await runner.RunAsync(
                Runs.Machine("{'StartAt':'M','States':{'M':{'Type':'Map','ItemProcessor':{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'arn:aws:lambda:us-east-1:123456789012:function:work','End':true}}},'End':true}}}"),
                Runs.Of("a", JsonValue.Parse("[0,1,2,3,4,5,6,7]")), null, Cancelled);
            return string.Join('|', ended.History.Select(item => $"{item.Id}>{item.PreviousEventId} {item.Type} {item.Details}"));
        }

        string forwards = await RunAsync(at => at);

        Assert.Equal(forwards, await RunAsync(at => Count - 1 - at));
        Assert.Equal(forwards, await RunAsync(at => at * 3 % Count));
    }

    [Fact]
    public async Task SignalAsync_OutcomeByToken_CompletesTheTaskOnce()
    {
        string? token = null;
        var runner = Runner(TimeProvider.System, call =>
        {
            token = call.TaskToken;
            return new TaskAccepted("sent");
        });
        var submitted = new EventWatch(HistoryEventType.TaskSubmitted);
        InMemoryExecution execution = runner.Start(
            Runs.Machine("{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'arn:aws:states:::sqs:sendMessage.waitForTaskToken','Parameters':{'QueueUrl':'q','MessageBody.$':'$$.Task.Token'},'End':true}}}"),
            new(Runs.Of("a"), string.Empty), submitted, Cancelled);
        await submitted.Seen.WaitAsync(Cancelled);
        string taskId = StepFlow.Execution.Tokens.TaskToken.TryParse(token!)!.TaskId;

        Assert.False(await execution.SignalAsync(new TaskSucceeded(default, "another", 1)));
        Assert.True(await execution.SignalAsync(new TaskHeartbeat(default, taskId)));
        Assert.True(await execution.SignalAsync(new TaskSucceeded(default, taskId, "answer")));
        await execution.Completion;
        Assert.False(await execution.SignalAsync(new TaskSucceeded(default, taskId, "again")));
        Assert.Equal("\"answer\"", execution.Output!.ToString());
    }

    [Fact]
    public async Task StopAsync_WhileATaskRuns_CancelsIt()
    {
        var cancelled = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var runner = Runner(TimeProvider.System, async (_, token) =>
        {
            using CancellationTokenRegistration registration = token.Register(cancelled.SetResult);
            started.SetResult();
            await cancelled.Task.WaitAsync(Cancelled);
            return new TaskCompleted(1);
        });
        InMemoryExecution execution = runner.Start(Runs.Machine(TaskState), new(Runs.Of("a"), string.Empty), null, Cancelled);
        await started.Task.WaitAsync(Cancelled);

        Assert.True(await execution.StopAsync("Enough", "Of it."));
        await cancelled.Task.WaitAsync(Cancelled);
        InMemoryExecution ended = await execution.Completion;
        Assert.Equal((ExecutionStatus.Aborted, "Enough", "Of it."), (ended.Status, ended.Error!.Name, ended.Error.Cause));
        Assert.False(await execution.StopAsync(null, null));
    }

    [Fact]
    public async Task RunAsync_Cancelled_IsAbandoned()
    {
        using var source = new CancellationTokenSource();
        var runner = Runner(TimeProvider.System, async (_, token) =>
        {
            await source.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return new TaskCompleted(1);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync(Runs.Machine(TaskState), Runs.Of("a"), null, source.Token));
    }

    [Fact]
    public async Task RunAsync_IntegrationThrows_FailsTheRunNotTheWorkflow()
    {
        var runner = Runner(TimeProvider.System, TaskOutcome (_) => throw new InvalidOperationException("A bug."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.RunAsync(
            Runs.Machine("{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'arn:aws:lambda:us-east-1:123456789012:function:work','Catch':[{'ErrorEquals':['States.ALL'],'Next':'P'}],'End':true},'P':{'Type':'Pass','End':true}}}"),
            Runs.Of("a"), null, Cancelled));
    }

    [Fact]
    public async Task RunAsync_Watched_SeesEveryTurnInOrder()
    {
        var clock = new VirtualClock(Runs.Start);
        var watch = new Watch();
        InMemoryExecution ended = await Runner(clock, call =>
        {
            call.Progress!(new(0.5, "half"));
            return new TaskCompleted(1);
        }).RunAsync(Runs.Machine(TaskState), Runs.Of("a"), watch, Cancelled);

        Assert.Equal(ended.History.Select(item => item.Id), watch.Events);
        Assert.Equal(["T half"], watch.Progress);
    }

    [Fact]
    public async Task RunAsync_Deadline_IsPassedToTheTask()
    {
        DateTimeOffset? deadline = null;
        var clock = new VirtualClock(Runs.Start);
        await Runner(clock, call =>
        {
            deadline = call.Deadline;
            return new TaskCompleted(1);
        }).RunAsync(
            Runs.Machine("{'StartAt':'T','States':{'T':{'Type':'Task','TimeoutSeconds':30,'Resource':'arn:aws:lambda:us-east-1:123456789012:function:work','End':true}}}"),
            Runs.Of("a"), null, Cancelled);
        Assert.Equal(Runs.Start.AddSeconds(30), deadline);
    }

    [Fact]
    public async Task SignalAsync_Redrive_ContinuesFromWhereItFailed()
    {
        int calls = 0;
        var clock = new VirtualClock(Runs.Start);
        var runner = Runner(clock, _ => ++calls == 1 ? new TaskRejected("Bad", null) : new TaskCompleted("good"));
        InMemoryExecution execution = await runner.RunAsync(Runs.Machine(TaskState), Runs.Of("a"), null, Cancelled);
        Assert.Equal(ExecutionStatus.Failed, execution.Status);

        Assert.True(await clock.RunAsync(() => execution.SignalAsync(new Redrive(default))));
        await clock.RunAsync(() => execution.Completion);
        Assert.Equal((ExecutionStatus.Succeeded, 1, "\"good\""), (execution.Status, execution.ToRecord().RedriveCount, execution.Output!.ToString()));
    }

    private static InMemoryRunner Runner(TimeProvider clock, Func<TaskCall, TaskOutcome> tasks) =>
        new(new() { Tasks = new DelegateTasks(tasks), Clock = clock });

    private static InMemoryRunner Runner(TimeProvider clock, Func<TaskCall, CancellationToken, Task<TaskOutcome>> tasks) =>
        new(new() { Tasks = new DelegateTasks(tasks), Clock = clock });

    /// <summary>Reports each recorded event.</summary>
    private sealed class EventWatch(HistoryEventType type) : ExecutionWatch
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public override void OnTurn(Turn turn)
        {
            if (turn.Events.Any(item => item.Type == type))
            {
                _seen.TrySetResult();
            }
        }
    }

    private sealed class Watch : ExecutionWatch
    {
        public List<long> Events { get; } = [];

        public List<string> Progress { get; } = [];

        public override void OnTurn(Turn turn) => Events.AddRange(turn.Events.Select(item => item.Id));

        public override void OnProgress(string stateName, TaskProgress progress) => Progress.Add($"{stateName} {progress.Message}");
    }
}
