using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Executions;

/// <summary>The observers of executions.</summary>
/// <param name="Live">See events as they happen.</param>
/// <param name="Whole">Relate events to each other: see all events of an execution when it has ended.</param>
internal sealed record ExecutionObservers(IReadOnlyList<IExecutionObserver> Live, IReadOnlyList<IExecutionObserver> Whole);
