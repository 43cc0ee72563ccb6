using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.Express;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.Ports;
using StepFlow.Service.Tests.Hosting;
using StepFlow.Testing;

namespace StepFlow.Service.Tests.Express;

public sealed class ExpressExecutionsTests
{
    private const string Work = """
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:work","End":true}}}
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
    public async Task RunAsync_GivenUp_CancelsItsTasksAndShowsNoEnd()
    {
        var seen = new Ends();
        using var stopping = new CancellationTokenSource();
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var givenUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var express = new ExpressExecutions(new(new()
        {
            Tasks = new DelegateTasks(async (_, cancelled) =>
            {
                using CancellationTokenRegistration registration = cancelled.Register(givenUp.SetResult);
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
        await givenUp.Task.WaitAsync(Cancelled);
        Assert.Empty(seen.Seen);
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
    public async Task StartExecution_OfAnExpressMachine_GoesWhereTheHostBeginsThem()
    {
        var starts = new Starts();
        var host = new InMemoryHost(new() { Tasks = new DelegateTasks(_ => new TaskCompleted(1)), Load = Runs.Machine });
        var service = new StepFunctionsService(new()
        {
            Host = host,
            Express = host.Runner,
            ExpressStarts = starts,
            Documents = new InMemoryDocumentStore(),
            Activities = new InMemoryActivityQueue(TimeProvider.System),
        });
        JsonObject created = await CallAsync(service, "CreateStateMachine", ("name", "M"), ("definition", Work), ("type", "EXPRESS"), ("roleArn", TestService.Role));

        JsonObject started = await CallAsync(service, "StartExecution", ("stateMachineArn", created["stateMachineArn"]!), ("input", "[1]"), ("traceHeader", "Root=1"));
        JsonObject ended = await CallAsync(service, "StartSyncExecution", ("stateMachineArn", created["stateMachineArn"]!));

        ExecutionRequest request = Assert.Single(starts.Requests);
        Assert.Equal(started["executionArn"], (JsonValue)request.Start.ExecutionArn);
        Assert.Equal((Work, "[1]", "Root=1", true), (request.Definition, request.Start.Input.ToString(), request.TraceHeader, request.Start.IsExpress));
        Assert.Equal("SUCCEEDED", TestService.Text(ended, "status"));
    }

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

        public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events) => Seen.Add((execution, events));
    }
}
