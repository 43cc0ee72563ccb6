using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.Mocks;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Tasks;
using StepFlow.Testing;

namespace StepFlow.Runtime.Tests.Tasks;

public sealed class TaskRouteTests
{
    private const string Known = "arn:aws:states:us-east-1:123456789012:activity:known";
    private const string Unknown = "arn:aws:states:us-east-1:123456789012:activity:unknown";

    private readonly InMemoryActivityQueue _queue = new(TimeProvider.System);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Activity_ThatExists_WaitsForItsWorker()
    {
        Assert.IsType<TaskQueued>(await RunAsync(Known, new OneActivity()));

        Assert.Equal("1", (await _queue.DequeueAsync(Known, TimeSpan.Zero, Cancelled))!.TaskId);
    }

    [Fact]
    public async Task Activity_ThatDoesNotExist_FailsBeforeItIsScheduled()
    {
        var rejected = Assert.IsType<TaskRejected>(await RunAsync(Unknown, new OneActivity()));

        Assert.Equal(("States.Runtime", $"The activity {Unknown} does not exist.", TaskFailureStage.Schedule), (rejected.Error, rejected.Cause, rejected.Stage));
        Assert.Null(await _queue.DequeueAsync(Unknown, TimeSpan.Zero, Cancelled));
    }

    [Fact]
    public async Task Activity_WithoutADirectory_WaitsForItsWorker() => Assert.IsType<TaskQueued>(await RunAsync(Unknown, null));

    private Task<TaskOutcome> RunAsync(string activityArn, IActivityDirectory? directory) => new TaskRoute(new NoIntegrations(), _queue, directory, MockConfiguration.None).RunAsync(
        new()
        {
            ExecutionArn = "e",
            ExecutionName = "e",
            StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:m",
            StateName = "Work",
            Resource = TaskResource.Parse(activityArn),
            Arguments = JsonObject.Empty,
            TaskId = "1",
            IdempotencyKey = "e/1",
        },
        Cancelled);

    private sealed class OneActivity : IActivityDirectory
    {
        public Task<bool> ExistsAsync(string activityArn, CancellationToken cancellationToken) => Task.FromResult(activityArn == Known);
    }

    private sealed class NoIntegrations : ITaskRunner
    {
        public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken) => throw new InvalidOperationException("An activity's task is not the integrations'.");
    }
}
