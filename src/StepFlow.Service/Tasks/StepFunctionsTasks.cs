using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Service.Mocks;

namespace StepFlow.Service.Tasks;

/// <summary>
/// What a task runner needs of the service: mocked responses, <c>aws-sdk:sfn:*</c> calls, and jobs that are executions
/// (<c>states:startExecution.sync</c>). Everything else goes to the runner behind it.
/// </summary>
/// <param name="inner">Runs all other tasks, and starts executions.</param>
/// <param name="reference">The service.</param>
/// <param name="mocks">The mock configuration; null for none.</param>
/// <param name="stopping">Cancelled when the server stops: executions that tasks wait for go on then.</param>
public sealed class StepFunctionsTasks(ITaskRunner inner, ServiceReference reference, MockConfiguration? mocks = null, CancellationToken stopping = default) : ITaskRunner
{
    private readonly MockedTasks? _mocked = mocks is null ? null : new(mocks);
    private readonly ExecutionJob _job = new(inner, reference, stopping);
    private readonly SdkCall _sdk = new(reference);

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        if (_mocked is not null && await _mocked.RunAsync(call, cancellationToken) is { } mocked)
        {
            return mocked;
        }

        return call.Resource switch
        {
            { Service: "states", Action: "startExecution", Pattern: TaskPattern.Sync or TaskPattern.Sync2 } => await _job.RunAsync(call, cancellationToken),
            { Service: "aws-sdk:sfn", Action: not "startExecution" } => await _sdk.RunAsync(call, cancellationToken),
            _ => await inner.RunAsync(call, cancellationToken),
        };
    }
}
