using System.Collections.Concurrent;
using StepFlow.Language;
using StepFlow.Language.Compilation;
using StepFlow.Language.Loading;
using StepFlow.Service.InMemory;
using StepFlow.Service.Ports;

namespace StepFlow.Service.Express;

/// <summary>Runs Express executions in memory. Nothing about them is kept but what the observer writes down.</summary>
internal sealed class ExpressExecutions(InMemoryRunner runner)
{
    /// <summary>How many compiled machines are kept.</summary>
    private const int MaxMachines = 1000;

    private readonly ConcurrentDictionary<string, StateMachine> _machines = new(StringComparer.Ordinal);

    /// <summary>Starts an execution and does not wait for its end.</summary>
    public ExecutionRecord Start(ExecutionRequest request) => runner.Start(Machine(request.Definition), request, null, CancellationToken.None).ToRecord();

    /// <summary>Runs an execution to its end, whether or not the caller waits: at most once.</summary>
    public Task<ExecutionRecord> RunAsync(ExecutionRequest request) => runner.InsideAsync(async () =>
    {
        InMemoryExecution execution = runner.Start(Machine(request.Definition), request, null, CancellationToken.None);
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
