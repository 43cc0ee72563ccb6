using StepFlow.Execution;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;
using StepFlow.Local.Records;
using StepFlow.Local.Journal;
using StepFlow.Service.Ports;

namespace StepFlow.Local.Engine;

/// <summary>What an execution does with the items of its inbox. Used by one thread at a time.</summary>
internal sealed class ExecutionActor(LocalEngine engine, string arn)
{
    /// <summary>An execution that is due sooner than this stays in memory: loading it again would cost more.</summary>
    private const long SoonMilliseconds = 1000;

    private readonly Dictionary<string, RunningTask> _tasks = new(StringComparer.Ordinal);
    private readonly PendingTimers _timers = new();
    private ResidentExecution? _execution;
    private TurnWrite? _write;
    private Exception? _broken;
    private ValueWriter? _values;
    private long? _registered;
    private int _generation = 1;
    private int _uncommitted;

    /// <summary>Whether nothing is lost when it leaves memory.</summary>
    public bool MayLeave => _uncommitted == 0 && _broken is null && (_execution is null || (_tasks.Count == 0 && !IsDueSoon));

    private bool IsDueSoon => _timers.Earliest is { } due && due - engine.Now.ToUnixTimeMilliseconds() < SoonMilliseconds;

    public void Handle(ExecutionCell cell, InboxItem item)
    {
        if (_broken is not null && item is not (CommittedItem or FailedItem))
        {
            Refuse(item, _broken);
            return;
        }

        try
        {
            switch (item)
            {
                case StartItem start:
                    Start(cell, start);
                    break;
                case SignalItem signal:
                    Receive(cell, signal);
                    break;
                case OutcomeItem outcome:
                    Receive(cell, outcome);
                    break;
                case WakeItem:
                    Wake(cell);
                    break;
                case CommittedItem committed:
                    Committed(committed.Write);
                    break;
                case FailedItem failed:
                    Failed(cell, failed);
                    break;
            }
        }
        catch (ArgumentException e) when (item is StartItem)
        {
            Refuse(item, e);
        }
        catch (Exception e)
        {
            // Our bug or damage: never the workflow's failure. What is in memory can no longer be trusted.
            Logs.ExecutionBroken(engine.Logger, e, arn);
            _broken = e;
            _write?.Record.Dispose();
            _write?.Answers.ForEach(answer => answer.Fail(e));
            _write = null;
            Refuse(item, e);
        }
    }

    /// <summary>Hands the turns that were made since the last time to the journal.</summary>
    public void Flush(ExecutionCell cell)
    {
        if (_execution is not { } execution)
        {
            return;
        }

        if (_write is not null)
        {
            Complete(execution, _write);
            _uncommitted++;
            TurnWrite write = _write;
            _write = null;
            engine.Writer.Submit(write);
        }

        RegisterTimer(execution);
    }

    private static void Refuse(InboxItem item, Exception reason)
    {
        if (item is StartItem start)
        {
            start.Done.TrySetException(reason);
        }
        else if (item is SignalItem signal)
        {
            signal.Done?.TrySetException(reason);
        }
    }

    private void Start(ExecutionCell cell, StartItem item)
    {
        if (Load(cell) is { } existing)
        {
            Answer(cell, new PendingAnswer<StartOutcome>(item.Done, () => new(existing.ToRecord(), Created: false)));
            return;
        }

        ExecutionRequest request = item.Request;
        PinnedDefinition definition = engine.Definitions.Get(request.Definition, request.Start.IsExpress);
        DateTimeOffset time = request.Start.StartTime;
        (WorkflowExecution execution, Turn turn) = WorkflowExecution.Start(definition.Machine, request.Start);
        _execution = new ResidentExecution(engine.NextExecution(), request.Start, definition, execution) { LastTime = time };
        TurnWrite write = Writing(cell, _execution);
        write.Definition = definition;
        write.Created = CreateRow(_execution, request, write);
        Keep(cell, turn, time, null);
        ResidentExecution created = _execution;
        write.Answers.Add(new PendingAnswer<StartOutcome>(item.Done, () => new(created.ToRecord(), Created: true)));
    }

    private ExecutionRow CreateRow(ResidentExecution execution, ExecutionRequest request, TurnWrite write)
    {
        using var record = new RecordWriter();
        StartRecord.Write(record, new ValueWriter(record, write.Payloads), request.Start);
        return new()
        {
            Id = execution.Id,
            Arn = arn,
            Machine = request.Start.StateMachineArn,
            Version = request.Start.StateMachineVersionArn,
            Alias = request.Start.StateMachineAliasArn,
            MapRun = request.Start.MapRunArn,
            Parent = request.ParentExecutionArn,
            TestCase = request.MockTestCase,
            Definition = execution.Definition.Id,
            Start = record.Written.ToArray(),
        };
    }

    private void Receive(ExecutionCell cell, SignalItem item)
    {
        if (Load(cell) is not { } execution)
        {
            item.Done?.TrySetResult(false);
            return;
        }

        Signal signal = item.Signal(Tick(execution));
        if (!Advance(cell, signal))
        {
            item.Done?.TrySetResult(false);
        }
        else if (item.Done is { } done)
        {
            Answer(cell, new PendingAnswer<bool>(done, static () => true));
        }
    }

    private void Receive(ExecutionCell cell, OutcomeItem item)
    {
        string id = item.Task.Command.Id;
        if (_execution is not { } execution || !_tasks.TryGetValue(id, out RunningTask? task) || task != item.Task)
        {
            return;
        }

        DateTimeOffset time = Tick(execution);
        _tasks.Remove(id);
        Advance(cell, item.Outcome switch
        {
            TaskCompleted completed => new TaskSucceeded(time, id, completed.Output),
            TaskAccepted accepted => new TaskSubmitted(time, id, accepted.Output),
            TaskRejected rejected => new TaskFailed(time, id, rejected.Error, rejected.Cause, rejected.Stage),
            _ => throw new System.Diagnostics.UnreachableException(),
        });
    }

    private void Wake(ExecutionCell cell)
    {
        _registered = null;
        if (Load(cell) is not { } execution)
        {
            return;
        }

        while (_timers.TakeDue(engine.Now.ToUnixTimeMilliseconds()) is { } timer)
        {
            Advance(cell, new TimerFired(Tick(execution), timer));
        }
    }

    /// <summary>False where the signal meant nothing to the execution.</summary>
    private bool Advance(ExecutionCell cell, Signal signal)
    {
        ResidentExecution execution = _execution!;
        if (execution.Workflow.Status != ExecutionStatus.Running && signal is not Redrive)
        {
            return false;
        }

        bool wasRunning = execution.Workflow.Status == ExecutionStatus.Running;
        Turn turn = execution.Workflow.Advance(signal);
        if (turn.Events.Count == 0 && turn.Commands.Count == 0)
        {
            return false;
        }

        switch (signal)
        {
            case TaskSucceeded succeeded:
                _tasks.Remove(succeeded.TaskId);
                break;
            case TaskFailed failed:
                _tasks.Remove(failed.TaskId);
                break;
        }

        if (!wasRunning && execution.Workflow.Status == ExecutionStatus.Running)
        {
            execution.Redriven(signal.Time);
        }

        Keep(cell, turn, signal.Time, signal);
        return true;
    }

    /// <summary>Adds a turn to what is to be written, and takes note of what it asks for.</summary>
    private void Keep(ExecutionCell cell, Turn turn, DateTimeOffset time, Signal? signal)
    {
        ResidentExecution execution = _execution!;
        execution.LastTime = time;
        execution.TurnsSinceSnapshot++;
        TurnWrite write = Writing(cell, execution);
        TurnRecord.Write(write.Record, _values!, time, signal, turn.Events);
        write.EndTurn(execution.Workflow.EventCount);
        if (engine.Observer is not null)
        {
            (write.Observed ??= []).AddRange(turn.Events);
        }

        foreach (Command command in turn.Commands)
        {
            Note(cell, write, command);
        }

        if (execution.Workflow.Status != ExecutionStatus.Running)
        {
            execution.Ended(time);
            write.Ended = true;
            write.Stopped = signal is Stop;
            _timers.Clear();
        }
    }

    private void Note(ExecutionCell cell, TurnWrite write, Command command)
    {
        ResidentExecution execution = _execution!;
        switch (command)
        {
            case RunTask run:
                var task = new RunningTask(cell, execution.Start, run);
                _tasks[run.Id] = task;
                write.Commands.Add((command, task));
                break;
            case CancelTask:
                _tasks.Remove(command.Id, out RunningTask? cancelled);
                write.Commands.Add((command, cancelled));
                break;
            case StartTimer timer:
                _timers.Start(timer.Id, timer.Due);
                break;
            case CancelTimer:
                _timers.Cancel(command.Id);
                break;
            default:
                write.Commands.Add((command, null));
                break;
        }
    }

    private TurnWrite Writing(ExecutionCell cell, ResidentExecution execution)
    {
        if (_write is null)
        {
            _write = new TurnWrite(cell, execution.Id, _generation, engine.Options.Journal.PayloadThreshold);
            _values = new ValueWriter(_write.Record, _write.Payloads);
        }

        return _write;
    }

    private void Complete(ResidentExecution execution, TurnWrite write)
    {
        ExecutionProgress progress = execution.Progress(WakeTime(execution), write.Payloads);
        if (write.Created is not null || progress != execution.Written)
        {
            write.Progress = execution.Written = progress;
        }

        if (execution.TurnsSinceSnapshot >= engine.Options.SnapshotInterval && execution.Workflow.Status == ExecutionStatus.Running)
        {
            write.Snapshot = (execution.Workflow.EventCount, execution.Workflow.Capture());
            execution.TurnsSinceSnapshot = 0;
        }

        if (write.Ended || write.Observed is not null)
        {
            write.Outcome = execution.ToRecord();
        }
    }

    /// <summary>When an execution that only waits is due; null where it has work to do or has ended.</summary>
    private long? WakeTime(ResidentExecution execution) =>
        execution.Workflow.Status != ExecutionStatus.Running || _tasks.Count > 0 ? null : _timers.Earliest ?? ExecutionProgress.NoTimer;

    private void RegisterTimer(ResidentExecution execution)
    {
        long? due = execution.Workflow.Status == ExecutionStatus.Running ? _timers.Earliest : null;
        if (due == _registered)
        {
            return;
        }

        _registered = due;
        if (due is { } time)
        {
            engine.Timers.Set(execution.Id, time);
        }
        else
        {
            engine.Timers.Remove(execution.Id);
        }
    }

    /// <summary>Tells somebody when everything so far is durable.</summary>
    private void Answer(ExecutionCell cell, IPendingAnswer answer)
    {
        if (_write is null && _uncommitted == 0)
        {
            answer.Complete();
        }
        else
        {
            // A write without turns goes behind those that wait.
            Writing(cell, _execution!).Answers.Add(answer);
        }
    }

    private void Committed(TurnWrite write)
    {
        _uncommitted--;
        write.Definition?.MarkKept();
        foreach ((Command command, RunningTask? task) in write.Commands)
        {
            engine.Perform(arn, command, task);
        }

        if (write.Observed is { } events)
        {
            engine.Observer!.Observe(write.Outcome!, events);
        }

        write.Answers.ForEach(answer => answer.Complete());
        if (write.Ended)
        {
            engine.Ended(write.Outcome!, write.Stopped);
        }
    }

    /// <summary>What is in memory is ahead of what is kept: forgets it, and goes on from what is kept.</summary>
    private void Failed(ExecutionCell cell, FailedItem item)
    {
        _uncommitted--;
        item.Write.Answers.ForEach(answer => answer.Fail(item.Reason));
        if (item.Write.Generation != _generation)
        {
            return;
        }

        _generation++;
        foreach (RunningTask task in _tasks.Values)
        {
            task.Cancel();
        }

        _tasks.Clear();
        _timers.Clear();
        _write?.Answers.ForEach(answer => answer.Fail(item.Reason));
        _write?.Record.Dispose();
        _write = null;
        if (_execution is { } execution)
        {
            _execution = null;
            engine.Timers.Set(execution.Id, engine.Now.ToUnixTimeMilliseconds() + SoonMilliseconds);
        }
    }

    /// <summary>The time of the next signal. Signals of one execution never go back in time.</summary>
    private DateTimeOffset Tick(ResidentExecution execution)
    {
        DateTimeOffset now = engine.Now;
        return now > execution.LastTime ? now : execution.LastTime;
    }

    private ResidentExecution? Load(ExecutionCell cell)
    {
        if (_execution is not null)
        {
            return _execution;
        }

        _execution = ExecutionLoader.Load(engine, arn);
        if (_execution is not { Workflow.Status: ExecutionStatus.Running } execution)
        {
            return _execution;
        }

        // What was asked for before and is not answered is asked for again.
        foreach (Command command in execution.Workflow.Outstanding)
        {
            switch (command)
            {
                case RunTask run:
                    var task = new RunningTask(cell, execution.Start, run);
                    _tasks[run.Id] = task;
                    engine.Perform(arn, command, task);
                    break;
                case StartTimer timer:
                    _timers.Start(timer.Id, timer.Due);
                    break;
                default:
                    engine.Perform(arn, command, null);
                    break;
            }
        }

        return execution;
    }
}
