using StepFlow.Execution.Commands;
using StepFlow.Execution.History;

namespace StepFlow.Execution.Interpretation;

/// <summary>
/// Runs the frames of one execution. This file has the parts that all states use: the queue of frames that can continue,
/// events, the turn, entering and leaving states.
/// </summary>
internal sealed partial class Interpreter
{
    private static readonly IReadOnlyList<HistoryEvent> NoEvents = [];

    private readonly Queue<Frame> _queue = new();
    private readonly List<Frame> _scheduled = [];
    private readonly bool _hasQuotas;
    private readonly long _maxEvents;
    private readonly long _maxSteps;
    private List<HistoryEvent> _events = [];
    private bool _historyFull;

    /// <param name="entropy">Its random values.</param>
    /// <param name="isOneState">Whether it runs a single state by itself.</param>
    /// <param name="testContextObject">The context object that replaces the execution's own, for a single state; else null.</param>
    public Interpreter(StateMachine machine, ExecutionStart start, Entropy entropy, bool isOneState = false, JsonObject? testContextObject = null)
    {
        Machine = machine;
        Start = start;
        Steps = new() { IsOfOneState = isOneState };
        Scope = new(start, entropy, Steps) { TestContextObject = testContextObject };
        Commands = new();
        _hasQuotas = start.Limits != Limits.None;
        _maxSteps = start.TurnSteps ?? long.MaxValue;
        _maxEvents = start.IsExpress ? DataBounds.ExpressEvents : start.Limits.HistoryEvents ?? long.MaxValue;
        Root = new(machine.Graph, null, 0, start.Input, VariableScope.Empty);
    }

    public StateMachine Machine { get; }

    public ExecutionStart Start { get; }

    public ExecutionScope Scope { get; }

    /// <summary>Counts the steps of its expressions.</summary>
    public ExpressionSteps Steps { get; }

    public PendingCommands Commands { get; }

    public Frame Root { get; init; }

    /// <summary>The frames that can run, in order.</summary>
    public IReadOnlyCollection<Frame> Queued => _queue;

    public DateTimeOffset Now { get; private set; }

    public DateTimeOffset? StopTime { get; set; }

    public long LastEventId { get; set; }

    public ExecutionStatus Status { get; set; }

    public JsonValue? Output { get; set; }

    public string? Error { get; set; }

    public string? Cause { get; set; }

    public int RedriveCount { get; private set; }

    public DateTimeOffset? RedriveTime { get; private set; }

    /// <summary>The timer that ends the execution; null where its time is unbounded.</summary>
    public FrameTimer? Deadline { get; set; }

    /// <summary>The timer that continues a turn that was too long; null where none was.</summary>
    public FrameTimer? Continuation { get; set; }

    /// <summary>Begins the execution.</summary>
    public Turn Begin()
    {
        SetTime(Start.StartTime);
        Emit(HistoryEventType.ExecutionStarted, 0, new ExecutionStartedDetails(Start.Input, Start.RoleArn)
        {
            InputText = Start.InputText,
            StateMachineAliasArn = Start.StateMachineAliasArn,
            StateMachineVersionArn = Start.StateMachineVersionArn,
        });
        StartDeadline();
        Enqueue(Root);
        return EndTurn(isCutShort: Start.DefersFirstTurn);
    }

    public void SetTime(DateTimeOffset time)
    {
        // Signals that were queued together can be out of order by a few milliseconds. The execution's time never goes back.
        Now = time > Now ? time : Now;
        Scope.SetTime(Now);
    }

    public void SetRedrive(int count, DateTimeOffset? time)
    {
        (RedriveCount, RedriveTime) = (count, time);
        Scope.SetRedrive(count, time);
    }

    /// <summary>Records an event.</summary>
    /// <returns>Its id.</returns>
    public long Emit(HistoryEventType type, long previousEventId, EventDetails? details = null)
    {
        // The last event that the quota allows is reserved for the end of the execution.
        if ((LastEventId >= _maxEvents - 1 || HistoryBytes > DataBounds.ExpressHistory) && Status == ExecutionStatus.Running)
        {
            _historyFull = true;
            return LastEventId;
        }

        long id = ++LastEventId;
        _events.Add(new HistoryEvent
        {
            Id = id,
            PreviousEventId = previousEventId,
            Timestamp = Now,
            Type = type,
            Details = details,
        });
        return id;
    }

    /// <summary>Records the next event of a frame.</summary>
    public void Emit(Frame frame, HistoryEventType type, EventDetails? details = null) =>
        frame.LastEventId = Emit(type, frame.LastEventId, details);

    public void Enqueue(Frame frame)
    {
        if (!frame.IsQueued)
        {
            frame.IsQueued = true;
            _queue.Enqueue(frame);
        }
    }

    /// <summary>The time after a number of seconds, limited to the longest time of a task.</summary>
    public DateTimeOffset After(double seconds) => Now.AddSeconds(Math.Min(seconds, FailurePolicy.LongestSeconds));

    public FrameTimer StartTimer(CommandPurpose purpose, Frame? frame, DateTimeOffset due)
    {
        var timer = new FrameTimer(Commands.NewId("timer"), due);
        Commands.Add(new StartTimer(timer.Id, due), purpose, frame);
        return timer;
    }

    /// <summary>Records the start of a task at the end of the turn, after everything that the turn schedules, as Step Functions does.</summary>
    public void StartLater(Frame frame) => _scheduled.Add(frame);

    /// <summary>Records that a state was entered.</summary>
    public void Enter(Frame frame)
    {
        CompiledState state = frame.State;
        frame.BeforeEnteredEventId = frame.LastEventId;
        frame.EnteredTime = Now;

        // The first state follows nothing, not even the execution's start.
        Emit(frame, StateEventTypes.Of(state).Entered, new StateEnteredDetails(state.Name, frame.Input)
        {
            InputText = LastEventId == 1 ? Start.InputText : null,
        });
        frame.EnteredEventId = frame.LastEventId;
    }

    /// <summary>Leaves a state and enters the next.</summary>
    private void Exit(Frame frame, in StepResult step)
    {
        JsonValue output = step.Output!;
        Emit(frame, StateEventTypes.Of(frame.State).Exited!.Value, new StateExitedDetails(frame.State.Name, output, step.Assigned));
        if (step.Assigned is { } assigned)
        {
            frame.Variables = frame.Variables.Assign(assigned);
        }

        frame.Leave();
        frame.Input = output;
        if (step.Next is not { } next)
        {
            End(frame);
            return;
        }

        frame.State = next;
        frame.Phase = FramePhase.Ready;
        Enqueue(frame);
    }

    /// <summary>Ends a turn: runs the frames that can run, and returns the events and commands.</summary>
    /// <param name="isCutShort">Whether the frames run in the next turn.</param>
    public Turn EndTurn(bool isCutShort = false)
    {
        if (!isCutShort)
        {
            Drain();
        }

        foreach (Frame frame in _scheduled)
        {
            TaskStep.RecordStart(this, frame);
        }

        _scheduled.Clear();
        if (_historyFull && Status == ExecutionStatus.Running)
        {
            EndWithHistoryFull();
        }

        if (_queue.Count > 0 && Status == ExecutionStatus.Running)
        {
            Continuation ??= StartTimer(CommandPurpose.Continue, null, Now);
        }

        IReadOnlyList<HistoryEvent> events = NoEvents;
        if (_events.Count > 0)
        {
            events = _events;
            _events = [];
        }

        _turnBytes = 0;
        long steps = Steps.InTurn;
        Steps.EndTurn();
        return new(events, Commands.TakeTurn()) { Steps = steps, Defects = TakeDefects() };
    }

    private void Drain()
    {
        int budget = WorkflowExecution.TransitionsPerTurn;
        while (_queue.TryPeek(out Frame? frame))
        {
            while (frame.Phase is FramePhase.Ready or FramePhase.Attempting or FramePhase.Feeding && Status == ExecutionStatus.Running)
            {
                if (budget-- == 0 || _historyFull || _turnBytes > DataBounds.Turn || Steps.InTurn > _maxSteps)
                {
                    if (Start.BranchesTakeTurns)
                    {
                        _queue.Enqueue(_queue.Dequeue());
                    }

                    return;
                }

                if (Holds(frame))
                {
                    break;
                }

                Apply(frame, TryStep(frame));
            }

            // The execution's end has emptied the queue.
            if (_queue.TryDequeue(out _))
            {
                frame.IsQueued = false;
            }
        }
    }

    /// <summary>A frame has reached the end of its states; its input is its output.</summary>
    private void End(Frame frame)
    {
        frame.Phase = FramePhase.Succeeded;
        if (frame.Parent is not { } parent)
        {
            if (_historyFull)
            {
                // The quota did not suffice for the last steps; the end of the turn records that.
                return;
            }

            Output = frame.Input;
            Close(ExecutionStatus.Succeeded);
            Emit(HistoryEventType.ExecutionSucceeded, frame.LastEventId, new OutputDetails(frame.Input));
            return;
        }

        Apply(parent, Try(parent, frame, static (interpreter, parent, ended) => parent.Group is MapGroup
            ? MapStep.EndIteration(interpreter, parent, ended)
            : ParallelStep.EndBranch(interpreter, parent, ended)));
    }

    private void Close(ExecutionStatus status)
    {
        Status = status;
        StopTime = Now;
        Deadline = null;
        Continuation = null;
        while (_queue.TryDequeue(out Frame? frame))
        {
            frame.IsQueued = false;
        }

        Commands.CancelAll();
    }

    /// <summary>Starts the timeout of the whole execution. A redrive starts it again.</summary>
    private void StartDeadline()
    {
        TimeSpan? longest = Start.IsExpress ? Start.Limits.ExpressDuration : Start.Limits.ExecutionDuration;
        TimeSpan? own = Machine.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        TimeSpan? time = own is null || longest < own ? longest : own;
        if (time is { } duration)
        {
            Deadline = StartTimer(CommandPurpose.Deadline, null, After(duration.TotalSeconds));
        }
    }
}
