using System.Collections.Concurrent;
using StepFlow.Execution.Breakpoints;
using StepFlow.Execution.Commands;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Runtime.Scheduling;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Runtime.InMemory;

/// <summary>
/// One execution in memory. It accepts signals from any thread, handles one at a time, and performs the commands
/// of each turn before the next signal. It is lost when the process ends.
/// </summary>
public sealed class InMemoryExecution : IScheduledWork
{
    private readonly InMemoryRunner _runner;
    private readonly ExecutionWatch? _watch;
    private readonly Lock _gate = new();
    private readonly Queue<Action> _inbox = new();
    private readonly List<IReadOnlyList<HistoryEvent>>? _history;
    private readonly CancellationTokenRegistration _cancellation;
    private readonly CancellationTokenRegistration _hostStopping;
    private readonly CancellationToken _abandoned;
    private TaskCompletionSource<InMemoryExecution> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CommandPerformer? _performer;
    private ConcurrentDictionary<string, InMemoryExecution>? _children;
    private WorkflowExecution? _execution;
    private DateTimeOffset _lastTime;
    private bool _taking;
    private bool _asking;

    internal InMemoryExecution(InMemoryRunner runner, StateMachine machine, ExecutionRequest request, ExecutionWatch? watch, CancellationToken cancellationToken)
    {
        _runner = runner;
        _watch = watch;
        Machine = machine;
        Request = request;
        _lastTime = request.Start.StartTime;
        _history = runner.CollectsHistory ? [] : null;
        _abandoned = cancellationToken;
        Lane = Lanes.Of(request.Start.ExecutionArn);
        _cancellation = cancellationToken.Register(() => Abandon(new OperationCanceledException(cancellationToken)));
        _hostStopping = runner.Stopping.Register(() => Abandon(new OperationCanceledException(runner.Stopping)));
    }

    /// <summary>The request with which it was started.</summary>
    public ExecutionRequest Request { get; }

    public ExecutionStart Start => Request.Start;

    public ExecutionStatus Status { get; private set; }

    /// <summary>The output; null until it succeeded.</summary>
    public JsonValue? Output => _execution?.Output;

    /// <summary>The error and cause it ended with; null where it has none.</summary>
    public StatesError? Error => _execution?.Error;

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? StopTime { get; private set; }

    /// <summary>
    /// Completes when the execution ends, with any status. Fails only for an exception that is not a failure of the workflow
    /// (an integration threw), and is cancelled where the execution was abandoned.
    /// </summary>
    public Task<InMemoryExecution> Completion => _completion.Task;

    /// <summary>A copy of the history so far. Empty if the runner stores no history.</summary>
    public IReadOnlyList<HistoryEvent> History
    {
        get
        {
            if (_history is null)
            {
                return [];
            }

            lock (_history)
            {
                return [.. _history.SelectMany(static turn => turn)];
            }
        }
    }

    public string Lane { get; }

    internal StateMachine Machine { get; }

    /// <summary>The children of its Map Runs by their ARN, for redrives.</summary>
    internal ConcurrentDictionary<string, InMemoryExecution> Children =>
        LazyInitializer.EnsureInitialized(ref _children, static () => new(StringComparer.Ordinal));

    /// <summary>Created for the first command, because many executions have none.</summary>
    private CommandPerformer Performer => LazyInitializer.EnsureInitialized(ref _performer, () => new(_runner, this, _watch));

    /// <summary>Hands in a signal. True where the execution waited for it.</summary>
    /// <param name="signal">The signal. If its time is before that of the last signal, it gets the later time.</param>
    public Task<bool> SignalAsync(Signal signal)
    {
        var taken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Deliver(() => Take(signal, taken));
        return taken.Task;
    }

    /// <summary>Stops it (StopExecution). True where it still ran.</summary>
    public Task<bool> StopAsync(string? error, string? cause) => SignalAsync(new Stop(_runner.Clock.GetUtcNow(), error, cause));

    public ExecutionRecord ToRecord() => ExecutionRecord.Of(Request, Status, StopTime, _execution);

    /// <summary>Handles one item of the inbox, so that other executions get their turns before the next.</summary>
    void IScheduledWork.Run()
    {
        if (TakeOne())
        {
            _runner.Schedule(this);
        }
    }

    /// <param name="isAwaited">Whether the caller waits for the end: its thread may then take the first turn.</param>
    internal void Begin(bool isAwaited = false) => Deliver(
        () =>
        {
            if (IsAbandoned)
            {
                return;
            }

            (WorkflowExecution execution, Turn turn) = WorkflowExecution.Start(
                Machine, Start, _runner.Debugger is { } debugger ? state => debugger.StopsBefore(Start.ExecutionArn, state) : null);
            _execution = execution;
            Apply(turn);
        },
        isAwaited);

    /// <summary>Something about a command of this execution has happened.</summary>
    internal void Post(Signal signal) => Deliver(() => Take(signal, null));

    /// <summary>Handles all items of the inbox.</summary>
    internal void TakeAll()
    {
        while (TakeOne())
        {
        }
    }

    /// <summary>Aborts the execution: its tasks are cancelled, and <see cref="Completion"/> fails.</summary>
    internal void Abandon(Exception exception)
    {
        Volatile.Read(ref _performer)?.Clear();
        if (exception is OperationCanceledException cancelled)
        {
            _completion.TrySetCanceled(cancelled.CancellationToken);
        }
        else if (_completion.TrySetException(exception) && _runner.Logger is { } logger)
        {
            RuntimeLogs.ExecutionAbandoned(logger, exception, Start.ExecutionArn);
        }

        _cancellation.Unregister();
        _hostStopping.Unregister();
    }

    private void Deliver(Action delivery, bool isAwaited = false)
    {
        lock (_gate)
        {
            _inbox.Enqueue(delivery);
            if (_taking)
            {
                return;
            }

            _taking = true;
        }

        _runner.Schedule(this, isAwaited);
    }

    /// <summary>Handles one item of the inbox. False if it is empty. The thread that adds the next item continues then.</summary>
    private bool TakeOne()
    {
        Action delivery;
        lock (_gate)
        {
            delivery = _inbox.Dequeue();
        }

        try
        {
            delivery();
        }
        catch (Exception exception)
        {
            Abandon(exception);
        }

        lock (_gate)
        {
            return _taking = _inbox.Count > 0;
        }
    }

    private void Take(Signal signal, TaskCompletionSource<bool>? taken)
    {
        // A system clock may be set back; signals never go back in time.
        _lastTime = signal.Time > _lastTime ? signal.Time : _lastTime;
        signal = signal with { Time = _lastTime };
        bool awaited = _execution is not null && !IsAbandoned && _execution.IsAwaiting(signal);
        if (awaited)
        {
            if (signal is { EndsCommand: true, CommandId: { } ended })
            {
                Performer.Release(ended);
            }

            if (signal is Redrive)
            {
                // It runs again, also where it ends within this turn.
                Status = ExecutionStatus.Running;
                _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            // Nothing here is durable: the caller need not wait for a turn that takes long.
            Apply(_execution!.Advance(signal, taken is null ? null : () => taken.TrySetResult(true)));
        }

        taken?.TrySetResult(awaited);
    }

    private bool IsAbandoned => _completion.Task.IsFaulted || _completion.Task.IsCanceled;

    private void Apply(Turn turn)
    {
        DefectLog.Write(_runner.Logger, Start.ExecutionArn, turn);
        if (_history is not null)
        {
            lock (_history)
            {
                _history.Add(turn.Events);
            }
        }

        ExecutionStatus status = _execution!.Status;
        bool ends = Status == ExecutionStatus.Running && status != ExecutionStatus.Running;
        StopTime = status == ExecutionStatus.Running ? null : ends || StopTime is null ? _lastTime : StopTime;
        Status = status;
        _watch?.OnTurn(turn);
        if (turn.Events.Count > 0)
        {
            _runner.Observer?.Observe(ToRecord(), turn.Events);
        }

        foreach (Command command in turn.Commands)
        {
            Performer.Perform(command, _lastTime);
        }

        // Branches can stop at the same time. They are shown one after the other.
        if (!_asking && _runner.Debugger is { } debugger && _execution.Held is [var first, ..])
        {
            _asking = true;
            Stop(debugger, first);
        }

        if (IsAbandoned)
        {
            // It was cancelled during this turn, so the commands of the turn are cancelled too.
            Volatile.Read(ref _performer)?.Clear();
        }
        else if (ends)
        {
            _runner.EndObserver?.Observe(ToRecord(), History);
            Volatile.Read(ref _performer)?.Clear();
            _cancellation.Unregister();
            _hostStopping.Unregister();
            _completion.TrySetResult(this);
        }
    }

    /// <summary>Calls the debugger before a state, outside the virtual clock, which stands still meanwhile.</summary>
    private void Stop(ExecutionDebugger debugger, StateAhead state)
    {
        StateRelease? release = null;
        _runner.Launch(
            async () => release = await debugger.StoppedAsync(Start.ExecutionArn, state, _abandoned),
            () => Deliver(() => Release(state, release!)),
            Abandon);
    }

    private void Release(StateAhead state, StateRelease release)
    {
        _asking = false;
        if (!IsAbandoned)
        {
            DateTimeOffset now = _runner.Clock.GetUtcNow();
            _lastTime = now > _lastTime ? now : _lastTime;
            Apply(_execution!.Release(state, _lastTime, release.Input, release.Assigned));
        }
    }
}
