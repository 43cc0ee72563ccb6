using System.Collections.Concurrent;
using StepFlow.Language;
using StepFlow.Runtime.Definitions;
using StepFlow.Runtime.InMemory;

namespace StepFlow.Runtime.Express;

/// <summary>
/// Runs Express executions in memory. Nothing about them is stored except by observers. As an implementation of
/// <see cref="IExpressStarts"/> it is not durable: asynchronous executions are lost when the process ends.
/// </summary>
/// <param name="runner">Runs them.</param>
public sealed class ExpressExecutions(InMemoryRunner runner) : IExpressStarts
{
    private readonly ConcurrentDictionary<string, InMemoryExecution> _running = new(StringComparer.Ordinal);

    /// <summary>How many executions run. Counting them takes some time.</summary>
    public int Running => _running.Count;

    public Task StartAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        // The caller does not wait, so the execution continues after the call is cancelled.
        Begin(request, isAwaited: false, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Stops an execution that runs in this process. False if there is none.</summary>
    public async Task<bool> StopAsync(string executionArn, string? error, string? cause) =>
        _running.TryGetValue(executionArn, out InMemoryExecution? execution) && await execution.StopAsync(error, cause);

    /// <summary>Runs an execution to its end, once.</summary>
    /// <param name="cancellationToken">Cancels the execution and its tasks.</param>
    /// <returns>The ended execution, with any status.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="Exception">An outage or a defect: an integration threw an exception that is not a failure of the workflow.</exception>
    public Task<ExecutionRecord> RunAsync(ExecutionRequest request, CancellationToken cancellationToken) => runner.InsideAsync(async () =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        return (await Begin(request, isAwaited: true, cancellationToken).Completion).ToRecord();
    });

    private InMemoryExecution Begin(ExecutionRequest request, bool isAwaited, CancellationToken cancellationToken)
    {
        InMemoryExecution execution = runner.Create(CompiledMachines.Get(request.Definition, StateMachineType.Express), request, null, cancellationToken);
        _running[request.Start.ExecutionArn] = execution;
        _ = RemoveWhenEndedAsync(execution);
        execution.Begin(isAwaited);
        return execution;
    }

    private async Task RemoveWhenEndedAsync(InMemoryExecution execution)
    {
        // The caller gets a failure, or it was logged.
        await ((Task)execution.Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _running.TryRemove(new(execution.Start.ExecutionArn, execution));
    }
}
