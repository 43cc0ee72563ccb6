using System.Diagnostics.Metrics;
using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Evaluation;
using StepFlow.Runtime.Mocks;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Runtime.Tasks;

/// <summary>The route of a task, on every host: to its mocked response, to the queue of its activity, or to the integrations.</summary>
/// <param name="runner">Runs the tasks.</param>
/// <param name="activities">The tasks of activities; null if there are no activities. Then such a task waits for its timeout.</param>
/// <param name="directory">Reports which activities exist; null where every activity is taken to exist.</param>
/// <param name="mocks">The mocked responses of executions that were started with a test case.</param>
public sealed class TaskRoute(ITaskRunner runner, IActivityQueue? activities, IActivityDirectory? directory, MockConfiguration mocks) : ITaskRunner
{
    // Exists as long as the process, like every host in it.
    private static readonly Counter<long> Failed = new Meter(ExecutionMetrics.MeterName).CreateCounter<long>(
        "RepeatedTaskAttempts", unit: null, "Attempts of tasks that failed because of an outage or a defect, and are repeated.");

    private readonly MockedTasks _mocked = new(mocks);

    public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken) =>
        call.MockTestCase is null ? RouteAsync(call, cancellationToken) : MockAsync(call, cancellationToken);

    private async Task<TaskOutcome> MockAsync(TaskCall call, CancellationToken cancellationToken) =>
        await _mocked.RunAsync(call, cancellationToken) ?? await RouteAsync(call, cancellationToken);

    private Task<TaskOutcome> RouteAsync(TaskCall call, CancellationToken cancellationToken) =>
        call.Resource.Kind == TaskResourceKind.Activity ? EnqueueAsync(call, cancellationToken) : RunAsync(runner, call, cancellationToken);

    private async Task<TaskOutcome> EnqueueAsync(TaskCall call, CancellationToken cancellationToken)
    {
        string activityArn = call.Resource.Text;
        if (directory is not null && !await directory.ExistsAsync(activityArn, cancellationToken))
        {
            return new TaskRejected(ErrorNames.Runtime, $"The activity {activityArn} does not exist.", TaskFailureStage.Schedule);
        }

        if (activities is not null)
        {
            await activities.EnqueueAsync(activityArn, new(CommandCalls.ActivityToken(call), call.ExecutionArn, call.TaskId, call.Arguments), cancellationToken);
        }

        return new TaskQueued();
    }

    private static async Task<TaskOutcome> RunAsync(ITaskRunner runner, TaskCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await runner.RunAsync(call, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The host repeats it.
            Failed.Add(1, new KeyValuePair<string, object?>("Resource", call.Resource.Text));
            throw;
        }
    }
}
