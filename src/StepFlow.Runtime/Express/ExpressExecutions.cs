using System.Collections.Concurrent;
using StepFlow.Language;
using StepFlow.Language.Compilation;
using StepFlow.Language.Loading;
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
    /// <summary>How many compiled machines are kept.</summary>
    private const int MaxMachines = 1000;

    private readonly ConcurrentDictionary<string, StateMachine> _machines = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task StartAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        // Its caller does not wait for its end, so it does not end with its caller.
        runner.Start(Machine(request.Definition), request, null, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Runs an execution to its end, once.</summary>
    /// <param name="request">The execution.</param>
    /// <param name="cancellationToken">Gives the execution up: its tasks are cancelled.</param>
    /// <returns>The execution as it ended, whatever its status.</returns>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    /// <exception cref="Exception">An outage or a bug: what an integration threw, which no workflow may see.</exception>
    public Task<ExecutionRecord> RunAsync(ExecutionRequest request, CancellationToken cancellationToken) => runner.InsideAsync(async () =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        InMemoryExecution execution = runner.Start(Machine(request.Definition), request, null, cancellationToken);
        return (await execution.Completion).ToRecord();
    });

    private StateMachine Machine(string definition)
    {
        if (_machines.TryGetValue(definition, out StateMachine? known))
        {
            return known;
        }

        if (_machines.Count >= MaxMachines)
        {
            _machines.Clear();
        }

        // It was validated when it was created; a definition that no longer loads is a bug of ours.
        StateMachine machine = StateMachineLoader.Load(definition, StateMachineType.Express).Machine
            ?? throw new InvalidOperationException("A definition that was accepted cannot be loaded.");
        return _machines[definition] = machine;
    }
}
