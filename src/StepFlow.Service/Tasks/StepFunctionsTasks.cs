using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Runtime.TaskLimits;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Service.Tasks;

/// <summary>
/// The task runner that calls the service: for <c>aws-sdk:sfn:*</c>, and for jobs that are executions
/// (<c>states:startExecution.sync</c>). It passes all other tasks to the next runner.
/// </summary>
/// <param name="inner">Runs all other tasks, and starts executions.</param>
/// <param name="limiter">Delays tasks by the limits of the settings; null for no limits.</param>
/// <param name="stopping">Cancelled when the server stops. Executions that tasks wait for continue then.</param>
public sealed class StepFunctionsTasks(ITaskRunner inner, ServiceCalls calls, TaskLimiter? limiter = null, CancellationToken stopping = default) : ITaskRunner
{
    private readonly ExecutionJob _job = new(inner, calls, stopping);
    private readonly SdkCall _sdk = new(calls);

    public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken) =>
        limiter is null ? RunNowAsync(call, cancellationToken) : limiter.RunAsync(RunNowAsync, call, cancellationToken);

    /// <summary>The outcome of a task whose job, an execution, has ended.</summary>
    /// <param name="executionArn">The execution that the task started, as passed to <see cref="TaskCall.Submitted"/>.</param>
    public Task<TaskOutcome> JoinAsync(TaskCall call, string executionArn, CancellationToken cancellationToken) =>
        _job.JoinAsync(call, executionArn, cancellationToken);

    private async Task<TaskOutcome> RunNowAsync(TaskCall call, CancellationToken cancellationToken)
    {
        call = call with { TraceParent = call.TraceParent ?? ExecutionTraces.TraceParent(call.ExecutionArn, call.IdempotencyKey) };
        return call.Resource switch
        {
            { Service: "states", Action: "startExecution", Pattern: TaskPattern.Sync or TaskPattern.Sync2 } => await _job.RunAsync(call, cancellationToken),
            { Service: "aws-sdk:sfn", Action: not "startExecution" } => await _sdk.RunAsync(call, cancellationToken),
            _ => await inner.RunAsync(call, cancellationToken),
        };
    }
}
