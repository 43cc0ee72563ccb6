using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution;

/// <summary>
/// One execution of a state machine: a fold over signals. It does no I/O and has no clock; the same signals give the
/// same turns, on every host, at any time. Not thread-safe: signals come one at a time.
/// </summary>
public sealed class WorkflowExecution
{
    private WorkflowExecution()
    {
    }

    /// <summary>The status.</summary>
    public ExecutionStatus Status { get; private set; }

    /// <summary>The output; null until it succeeded.</summary>
    public JsonValue? Output { get; private set; }

    /// <summary>The error and cause it ended with; null where it has none.</summary>
    public StatesError? Error { get; private set; }

    /// <summary>The number of history events so far.</summary>
    public long EventCount { get; private set; }

    /// <summary>The commands that wait for an answer, in the order they were given. After a restore the host performs them again.</summary>
    public IReadOnlyList<Command> Outstanding => throw new NotSupportedException();

    /// <summary>Starts an execution.</summary>
    public static (WorkflowExecution Execution, Turn Turn) Start(StateMachine machine, ExecutionStart start) => throw new NotSupportedException();

    /// <summary>Restores an execution from a snapshot.</summary>
    /// <param name="machine">The machine it was started with: the same definition.</param>
    /// <param name="snapshot">What <see cref="Capture"/> gave.</param>
    /// <exception cref="SnapshotException">The snapshot is of a newer version, or is none.</exception>
    public static WorkflowExecution Restore(StateMachine machine, ReadOnlySpan<byte> snapshot) => throw new NotSupportedException();

    /// <summary>Takes in one signal. A signal that no longer matters (a late answer, a cancelled timer) gives an empty turn.</summary>
    public Turn Advance(Signal signal) => throw new NotSupportedException();

    /// <summary>The whole state of the execution as versioned JSON (UTF-8), at any moment, also with branches in flight.</summary>
    public byte[] Capture() => throw new NotSupportedException();
}
