using StepFlow.Runtime.Telemetry;

namespace StepFlow.Functions.Executions;

/// <summary>The observers of executions, however they run.</summary>
/// <param name="Live">Observe events as they happen.</param>
/// <param name="Ends">Observe the last events of an execution when its record says that it has ended.</param>
/// <param name="Trackings">Relate events to earlier ones.</param>
internal sealed record ExecutionObservers(IReadOnlyList<IExecutionObserver> Live, IReadOnlyList<IExecutionObserver> Ends, IReadOnlyList<IExecutionTracking> Trackings);
