using System.Collections.Concurrent;
using StepFlow.Language;
using StepFlow.Runtime.Definitions;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.Ports;

namespace StepFlow.Runtime.Express;

/// <summary>
/// Runs Express executions in memory. Nothing about them is kept but what observers write down. As the place where
/// asynchronous ones begin it promises less than others: they are lost with the process.
/// </summary>
/// <param name="runner">Runs them.</param>
public sealed class ExpressExecutions(InMemoryRunner runner) : IExpressStarts
{
    private readonly ConcurrentDictionary<string, InMemoryExecution> _running = new(StringComparer.Ordinal);

    /// <summary>How many executions run. To count them takes a little.</summary>
    public int Running => _running.Count;

    public Task StartAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        // Its caller does not wait for its end, so it does not end with its caller.
        Begin(request, isAwaited: false, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Stops an execution that runs here. False where none of that ARN does.</summary>
    /// <param name="executionArn">The execution.</param>
    /// <param name="error">The error given; null for none.</param>
    /// <param name="cause">The cause given; null for none.</param>
    public async Task<bool> StopAsync(string executionArn, string? error, string? cause) =>
        _running.TryGetValue(executionArn, out InMemoryExecution? execution) && await execution.StopAsync(error, cause);

    /// <summary>Runs an execution to its end, once.</summary>
    /// <param name="request">The execution.</param>
    /// <param name="cancellationToken">Gives the execution up: its tasks are cancelled.</param>
    /// <returns>The execution as it ended, whatever its status.</returns>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    /// <exception cref="Exception">An outage or a bug: what an integration threw, which no workflow may see.</exception>
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
        // How it ended is its caller's to know, or was logged.
        await ((Task)execution.Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _running.TryRemove(new(execution.Start.ExecutionArn, execution));
    }
}
