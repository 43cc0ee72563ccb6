using StepFlow.Execution.Breakpoints;

namespace StepFlow.Runtime.InMemory;

/// <summary>Stops executions in memory before states, so that users can look at data and change it. A virtual clock stands still meanwhile.</summary>
public abstract class ExecutionDebugger
{
    /// <summary>Whether an execution stops before a state. Called at every state, in order. It must return immediately.</summary>
    /// <param name="executionArn">The execution, or a child of one of its Map Runs.</param>
    /// <param name="state">The state that it is about to enter.</param>
    public abstract bool StopsBefore(string executionArn, StateAhead state);

    /// <summary>An execution has stopped before a state. One state of an execution at a time; children of a Map Run may stop together.</summary>
    /// <param name="cancellationToken">Cancelled when the execution is aborted.</param>
    /// <returns>How the execution continues, with the input of the state.</returns>
    public abstract Task<StateRelease> StoppedAsync(string executionArn, StateAhead state, CancellationToken cancellationToken);
}
