using StepFlow.Execution.Breakpoints;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Interpretation;
using StepFlow.Execution.Signals;
using StepFlow.Execution.Snapshots;

namespace StepFlow.Execution;

/// <summary>
/// One execution of a state machine: a fold over signals. It does no I/O and has no clock. The same signals give the
/// same turns, on every host, at any time. Not thread-safe: one signal at a time.
/// </summary>
public sealed class WorkflowExecution
{
    /// <summary>
    /// The maximum number of states, attempts and iterations that start in one turn. A turn that is cut short ends with a timer
    /// that is due immediately, and the execution continues when it fires. So an endless loop does not block its
    /// host: between two turns the execution can be stopped, timed out or captured.
    /// </summary>
    public const int TransitionsPerTurn = 10_000;

    /// <summary>
    /// Steps of expressions after which a turn ends, too (<see cref="ExpressionSteps"/>): at most some tens of milliseconds. The
    /// state that takes them is completed, so one turn takes at most <see cref="ExpressionSteps.MaxOfState"/> more.
    /// </summary>
    public const long StepsPerTurn = 1_000_000;

    /// <summary>Steps of expressions in a turn for which a caller may wait: one or two milliseconds.</summary>
    public const long BriefSteps = 50_000;

    private readonly Interpreter _interpreter;

    private WorkflowExecution(Interpreter interpreter) => _interpreter = interpreter;

    public ExecutionStart StartedWith => _interpreter.Start;

    public ExecutionStatus Status => _interpreter.Status;

    /// <summary>The output; null until it succeeded.</summary>
    public JsonValue? Output => _interpreter.Output;

    /// <summary>The error and cause it ended with; null where it has none. The name is empty where only a cause was given.</summary>
    public StatesError? Error => _interpreter is { Error: null, Cause: null }
        ? null
        : new(_interpreter.Error ?? string.Empty, _interpreter.Cause) { RaisedByInterpreter = false };

    /// <summary>The time of the newest signal. It never goes back.</summary>
    public DateTimeOffset Now => _interpreter.Now;

    /// <summary>The number of history events so far.</summary>
    public long EventCount => _interpreter.LastEventId;

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? StopTime => _interpreter.StopTime;

    /// <summary>How often it was redriven.</summary>
    public int RedriveCount => _interpreter.RedriveCount;

    /// <summary>When it was last redriven; null for never.</summary>
    public DateTimeOffset? RedriveTime => _interpreter.RedriveTime;

    /// <summary>The commands whose signals have not been received yet, in order. After a restore the host performs them again.</summary>
    public IReadOnlyList<Command> Outstanding => [.. _interpreter.Commands.InOrder().Select(static pending => pending.Command)];

    /// <summary>The states it is in now, from the outside in and in the order of branches and iterations.</summary>
    public IReadOnlyList<StateInFlight> InFlight => InFlightView.Of(_interpreter);

    /// <summary>The states before which the execution has stopped, in that order; empty without breakpoints.</summary>
    public IReadOnlyList<StateAhead> Held => _interpreter.Held;

    /// <summary>Starts an execution.</summary>
    /// <param name="stopsBefore">Decides before which states it stops until <see cref="Release"/>; null for never. Snapshots do not hold it.</param>
    public static (WorkflowExecution Execution, Turn Turn) Start(StateMachine machine, ExecutionStart start, Predicate<StateAhead>? stopsBefore = null)
    {
        var interpreter = new Interpreter(machine, start, Entropy.FromSeed(start.ExecutionArn)) { StopsBefore = stopsBefore };
        Turn turn = interpreter.Begin();
        return (new(interpreter), turn);
    }

    /// <summary>
    /// Starts an execution for a caller that waits. If its first turn takes more than <see cref="BriefSteps"/>, the turn is discarded
    /// without effect, and the execution starts with <see cref="ExecutionStart.DefersFirstTurn"/>: its states follow with the timer
    /// of the turn, which is due immediately.
    /// </summary>
    /// <param name="start">How it starts. The host stores <see cref="StartedWith"/> of the result instead.</param>
    public static (WorkflowExecution Execution, Turn Turn) StartBriefly(StateMachine machine, ExecutionStart start)
    {
        var interpreter = new Interpreter(machine, start, Entropy.FromSeed(start.ExecutionArn));
        interpreter.Steps.NotifyAfter(BriefSteps, static () => throw new TurnDiscardedException());
        try
        {
            Turn turn = interpreter.Begin();
            return (new(interpreter), turn);
        }
        catch (TurnDiscardedException)
        {
            return Start(machine, start with { DefersFirstTurn = true });
        }
    }

    /// <summary>Restores an execution from a snapshot.</summary>
    /// <param name="machine">The state machine with which it was started, compiled from the same definition.</param>
    /// <param name="snapshot">What <see cref="Capture"/> gave.</param>
    /// <param name="stored">Returns a value that is stored outside the snapshot. Null: a state that reads such a value throws <see cref="ContentMissingException"/>.</param>
    /// <exception cref="SnapshotException">The snapshot is of a newer version, or it is not a snapshot.</exception>
    public static WorkflowExecution Restore(StateMachine machine, ReadOnlySpan<byte> snapshot, Func<ValueReference, JsonValue>? stored = null) =>
        new(ExecutionSnapshot.Read(machine, snapshot, stored));

    /// <summary>How the execution of a snapshot was started. Needs no machine.</summary>
    /// <param name="snapshot">What <see cref="Capture"/> or <see cref="CaptureStart"/> gave.</param>
    /// <exception cref="SnapshotException">The snapshot is of a newer version, or it is not a snapshot.</exception>
    public static ExecutionStart StartOf(ReadOnlySpan<byte> snapshot) => ExecutionSnapshot.ReadStart(snapshot);

    /// <summary>The start of an execution as versioned JSON (UTF-8): the part of a snapshot that exists before the first turn.</summary>
    public static byte[] CaptureStart(ExecutionStart start) => ExecutionSnapshot.WriteStart(start);

    /// <summary>Applies one signal. A signal that is no longer needed (of a cancelled task or timer) gives an empty turn.</summary>
    /// <param name="isLong">Called once in the middle of the turn if the turn takes more than <see cref="BriefSteps"/>; null if the caller does not need it.</param>
    /// <exception cref="ContentMissingException">
    /// A state read a value that is stored outside the snapshot. This object cannot be used any more: the host loads the value,
    /// restores the execution, and applies all signals since then again.
    /// </exception>
    public Turn Advance(Signal signal, Action? isLong = null)
    {
        if (isLong is null)
        {
            return _interpreter.Take(signal);
        }

        _interpreter.Steps.NotifyAfter(BriefSteps, isLong);
        Turn turn = _interpreter.Take(signal);
        _interpreter.Steps.EndTurn();
        return turn;
    }

    /// <summary>Continues at a breakpoint. A state that was aborted in the meantime stays aborted.</summary>
    /// <param name="state">One of <see cref="Held"/>.</param>
    /// <param name="input">The input of the state: its own, or a changed one.</param>
    /// <param name="assigned">Variables that are set before it; empty for none.</param>
    public Turn Release(StateAhead state, DateTimeOffset time, JsonValue input, JsonObject assigned) =>
        _interpreter.Release(state, time, input, assigned);

    /// <summary>
    /// Ends an execution that its host cannot continue: because of an outage or a defect that remained after every repetition,
    /// or by order of an operator. It can be redriven. An execution that has ended stays as it is.
    /// </summary>
    /// <param name="status">How it ends: failed or aborted.</param>
    /// <param name="storedEvents">The number of stored history events. It can be higher than in the snapshot, if later data was lost.</param>
    public Turn EndByHost(DateTimeOffset time, ExecutionStatus status, string? error, string? cause, long storedEvents) =>
        _interpreter.EndByHost(time, status, error, cause, storedEvents);

    /// <summary>Whether a command's signal is awaited.</summary>
    /// <param name="commandId">The command's id: a task's, a timer's, a Map Run's.</param>
    public bool IsWaitingFor(string commandId) => _interpreter.Commands.Find(commandId) is not null;

    /// <summary>Whether the execution accepts a signal: it runs and waits for the signal's command, or it has ended and can be redriven.</summary>
    public bool IsAwaiting(Signal signal) => signal is Redrive
        ? Status is ExecutionStatus.Failed or ExecutionStatus.TimedOut or ExecutionStatus.Aborted
        : Status == ExecutionStatus.Running && (signal.CommandId is not { } id || IsWaitingFor(id));

    /// <summary>
    /// The whole state of the execution as versioned JSON (UTF-8), at any time, also while branches run. Values that are
    /// stored outside are written as references.
    /// </summary>
    public byte[] Capture() => ExecutionSnapshot.Write(_interpreter);
}
