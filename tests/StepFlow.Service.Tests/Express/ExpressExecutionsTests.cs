using Microsoft.Extensions.DependencyInjection;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.Express;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Problems;
using StepFlow.Runtime.Scheduling;
using StepFlow.Service.Tests.Hosting;
using StepFlow.Testing;

namespace StepFlow.Service.Tests.Express;

public sealed class ExpressExecutionsTests
{
    private const string Work = """
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:work","End":true}}}
        """;

    private const string Loop = """
        {"StartAt":"A","States":{
          "A":{"Type":"Pass","Next":"B"},
          "B":{"Type":"Choice","Choices":[{"Variable":"$.never","IsPresent":true,"Next":"C"}],"Default":"A"},
          "C":{"Type":"Succeed"}}}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_ToItsEnd_ShowsTheWholeHistoryOnce()
    {
        var seen = new Ends();
        var express = new ExpressExecutions(new(new() { Tasks = new DelegateTasks(_ => new TaskRejected("No", null)), EndObserver = seen }));

        ExecutionRecord ended = await express.RunAsync(Request(), Cancelled);

        Assert.Equal((ExecutionStatus.Failed, "No"), (ended.Status, ended.Error));
        (ExecutionRecord execution, IReadOnlyList<HistoryEvent> events) = Assert.Single(seen.Seen);
        Assert.Equal(ExecutionStatus.Failed, execution.Status);
        Assert.Equal((HistoryEventType.ExecutionStarted, HistoryEventType.ExecutionFailed), (events[0].Type, events[^1].Type));
    }

    [Fact]
    public async Task RunAsync_Cancelled_CancelsItsTasksAndShowsNoEnd()
    {
        var seen = new Ends();
        using var stopping = new CancellationTokenSource();
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancellation = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var express = new ExpressExecutions(new(new()
        {
            Tasks = new DelegateTasks(async (_, cancelled) =>
            {
                using CancellationTokenRegistration registration = cancelled.Register(cancellation.SetResult);
                called.SetResult();
                await Task.Delay(Timeout.Infinite, cancelled);
                return new TaskCompleted(1);
            }),
            EndObserver = seen,
        }));

        Task<ExecutionRecord> run = express.RunAsync(Request(), stopping.Token);
        await called.Task.WaitAsync(Cancelled);
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await cancellation.Task.WaitAsync(Cancelled);
        Assert.Empty(seen.Seen);
    }

    [Fact]
    public async Task StartSyncExecution_CancelledByTheHost_RespondsThatItCanBeRepeated()
    {
        var service = new TestService(tasks: new DelegateTasks(static (_, _) => Task.FromException<TaskOutcome>(new OperationCanceledException())));
        JsonObject machine = await service.CallAsync(
            "CreateStateMachine", ("name", "express"), ("definition", Work), ("roleArn", TestService.Role), ("type", "EXPRESS"));

        ApiResult response = await service.Service.InvokeAsync(
            "StartSyncExecution", JsonObject.Create(("stateMachineArn", machine["stateMachineArn"]!)), CallerContext.Internal, Cancelled);

        Assert.Equal(("ServiceUnavailable", 503), (response.Error?.Code, response.Error?.Status));
    }

    [Fact]
    public async Task RunAsync_WhenTheHostStopsAlready_RunsNothing()
    {
        int calls = 0;
        var express = new ExpressExecutions(new(new() { Tasks = new DelegateTasks(_ => new TaskCompleted(++calls)) }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => express.RunAsync(Request(), new(canceled: true)));

        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task StopAsync_OfALoop_StopsIt()
    {
        using var scheduler = new TurnScheduler(1);
        var ends = new Ends();
        var express = new ExpressExecutions(new(Options(scheduler) with { EndObserver = ends }));
        ExecutionRequest request = new(Runs.Of("a") with { IsExpress = true }, Loop);
        await express.StartAsync(request, Cancelled);

        Assert.True(await express.StopAsync(request.Start.ExecutionArn, "Enough", null));

        ExecutionRecord ended = await ends.First.Task.WaitAsync(Cancelled);
        Assert.Equal((ExecutionStatus.Aborted, "Enough"), (ended.Status, ended.Error));
        Assert.False(await express.StopAsync(request.Start.ExecutionArn, null, null));
    }

    [Fact]
    public async Task RunAsync_OfALoopThatIsCancelled_LetsOthersRun()
    {
        using var scheduler = new TurnScheduler(1);
        using var gone = new CancellationTokenSource();
        var express = new ExpressExecutions(new(Options(scheduler)));
        Task<ExecutionRecord> loop = express.RunAsync(new(Runs.Of("a") with { IsExpress = true }, Loop), gone.Token);

        // One thread for all turns, and the loop has some of them.
        Assert.Equal(ExecutionStatus.Failed, (await express.RunAsync(Request(), Cancelled)).Status);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
    }

    [Fact]
    public async Task RunAsync_OfALoop_EndsWithItsHost()
    {
        using var scheduler = new TurnScheduler(1);
        using var stopping = new CancellationTokenSource();
        var express = new ExpressExecutions(new(Options(scheduler) with { Stopping = stopping.Token }));
        Task<ExecutionRecord> loop = express.RunAsync(new(Runs.Of("a") with { IsExpress = true }, Loop), Cancelled);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
    }

    [Fact]
    public async Task RunAsync_OfALoopThatNobodyStops_FailsAtTheBoundOfEvents()
    {
        using var scheduler = new TurnScheduler(1);
        var express = new ExpressExecutions(new(Options(scheduler)));
        ExecutionRecord ended = await express.RunAsync(new(Runs.Of("a") with { IsExpress = true }, Loop), Cancelled);
        Assert.Equal((ExecutionStatus.Failed, "States.Runtime", 1_000_000), (ended.Status, ended.Error, ended.EventCount));
    }

    [Fact]
    public async Task StartExecution_OfAnExpressMachine_UsesTheHostsPort()
    {
        var starts = new Starts();
        var host = new InMemoryHost(new() { Tasks = new DelegateTasks(_ => new TaskCompleted(1)) });
        StepFunctionsService service = new ServiceCollection()
            .AddSingleton<IExecutionHost>(host)
            .AddSingleton<IExecutionProblems>(new NoProblems())
            .AddSingleton(host.Runner)
            .AddSingleton<IExpressStarts>(starts)
            .AddSingleton<IDocumentStore>(new InMemoryDocumentStore())
            .AddSingleton<IActivityQueue>(new InMemoryActivityQueue(TimeProvider.System))
            .AddStepFunctionsService()
            .BuildServiceProvider()
            .GetRequiredService<StepFunctionsService>();
        JsonObject created = await CallAsync(service, "CreateStateMachine", ("name", "M"), ("definition", Work), ("type", "EXPRESS"), ("roleArn", TestService.Role));

        JsonObject started = await CallAsync(service, "StartExecution", ("stateMachineArn", created["stateMachineArn"]!), ("input", "[1]"), ("traceHeader", "Root=1"));
        JsonObject ended = await CallAsync(service, "StartSyncExecution", ("stateMachineArn", created["stateMachineArn"]!));

        ExecutionRequest request = Assert.Single(starts.Requests);
        Assert.Equal(started["executionArn"], (JsonValue)request.Start.ExecutionArn);
        Assert.Equal((Work, "[1]", "Root=1", true), (request.Definition, request.Start.Input.ToString(), request.TraceHeader, request.Start.IsExpress));
        Assert.Equal("SUCCEEDED", TestService.Text(ended, "status"));
    }

    private static InMemoryOptions Options(TurnScheduler scheduler) => new()
    {
        Tasks = new DelegateTasks(_ => new TaskRejected("No", null)),
        Scheduler = scheduler,
        CollectsHistory = false,
    };

    private static ExecutionRequest Request() => new(Runs.Of("a") with { IsExpress = true }, Work);

    private static async Task<JsonObject> CallAsync(StepFunctionsService service, string operation, params (string Name, JsonValue Value)[] members)
    {
        ApiResult result = await service.InvokeAsync(operation, JsonObject.Create(members), CallerContext.Internal, Cancelled);
        Assert.True(result.IsSuccess, result.Error?.Message);
        return result.Response;
    }

    private sealed class Starts : IExpressStarts
    {
        public List<ExecutionRequest> Requests { get; } = [];

        public Task StartAsync(ExecutionRequest request, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            return Task.CompletedTask;
        }
    }

    private sealed class Ends : IExecutionObserver
    {
        public List<(ExecutionRecord Execution, IReadOnlyList<HistoryEvent> Events)> Seen { get; } = [];

        /// <summary>Ends with the first execution that is seen.</summary>
        public TaskCompletionSource<ExecutionRecord> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
        {
            Seen.Add((execution, events));
            First.TrySetResult(execution);
        }
    }
}
