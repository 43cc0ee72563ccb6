using System.Diagnostics;
using StepFlow.Execution;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;
using StepFlow.Local.Journal;
using StepFlow.Local.Records;
using StepFlow.Service.Ports;

namespace StepFlow.Local.Engine;

/// <summary>What an execution does with the items of its inbox. Used by one thread at a time.</summary>
internal sealed class ExecutionActor(LocalEngine engine, ExecutionCell cell)
{
    /// <summary>An execution that is due sooner than this stays in memory: loading it again would cost more.</summary>
    private const long SoonMilliseconds = 1000;

    private readonly PendingWork _pending = new();
    private ResidentExecution? _execution;
    private TurnWrite? _write;
    private ValueWriter? _values;
    private Exception? _broken;
    private long? _registered;
    private int _generation = 1;
    private int _uncommitted;

    /// <summary>Whether nothing is lost when it leaves memory.</summary>
    public bool MayLeave => _uncommitted == 0 && _broken is null && (_execution is null || (!_pending.IsBusy && !IsDueSoon));

    private bool IsDueSoon => _pending.Timers.Earliest is { } due && due - engine.Now.ToUnixTimeMilliseconds() < SoonMilliseconds;

    public void Handle(InboxItem item)
    {
        if (_broken is not null && item is not (CommittedItem or FailedItem))
        {
            Refuse(item, _broken);
            return;
        }

        try
        {
            Dispatch(item);
        }
        catch (DefinitionException e)
        {
            Refuse(item, e);
        }
        catch (Exception e)
        {
            // Our bug or damage: never the workflow's failure. What is in memory can no longer be trusted.
            Logs.ExecutionBroken(engine.Logger, e, cell.Arn);
            _broken = e;
            _write?.Discard(e);
            _write = null;
            Refuse(item, e);
        }
    }

    /// <summary>Hands the turns that were made since the last time to the journal.</summary>
    public void Flush()
    {
        if (_execution is not { } execution)
        {
            return;
        }

        if (_write is { } write)
        {
            Complete(execution, write);
            _uncommitted++;
            _write = null;
            engine.Writer.Submit(write);
        }

        RegisterTimer(execution);
    }

    private static void Refuse(InboxItem item, Exception reason)
    {
        switch (item)
        {
            case StartItem start:
                start.Done.TrySetException(reason);
                break;
            case SignalItem signal:
                signal.Done?.TrySetException(reason);
                break;
            case SubmittedItem submitted:
                submitted.Done.TrySetException(reason);
                break;
        }
    }

    private void Dispatch(InboxItem item)
    {
        switch (item)
        {
            case StartItem start:
                Start(start);
                break;
            case SignalItem signal:
                Receive(signal);
                break;
            case OutcomeItem outcome when _pending.IsPending(outcome.Task):
                Receive(outcome);
                break;
            case SubmittedItem submitted:
                Receive(submitted);
                break;
            case QueuedItem queued when _pending.IsPending(queued.Task):
                _pending.Accept(queued.Task);
                NoteProgress();
                break;
            case MapRunItem run when _pending.IsPending(run.Run):
                Advance(run.Signal(Tick()));
                break;
            case WakeItem:
                Wake();
                break;
            case CommittedItem committed:
                Committed(committed.Write);
                break;
            case FailedItem failed:
                Failed(failed);
                break;
        }
    }

    private void Start(StartItem item)
    {
        if (Load() is { } existing)
        {
            Answer(new PendingAnswer<StartOutcome>(item.Done, () => new(existing.ToRecord(), Created: false)));
            return;
        }

        ExecutionRequest request = item.Request;
        PinnedDefinition definition = engine.Definitions.Get(request.Definition, request.Start.IsExpress);
        (WorkflowExecution workflow, Turn turn) = WorkflowExecution.Start(definition.Machine, request.Start);
        var created = new ResidentExecution(engine.NextExecution(), request, definition, workflow);
        _execution = created;
        TurnWrite write = Writing();
        write.Definition = definition;
        write.Created = ExecutionRows.Create(created, write.Payloads);
        Keep(turn, request.Start.StartTime, null);
        ExecutionRecord record = created.ToRecord();
        write.Answers.Add(new PendingAnswer<StartOutcome>(item.Done, () => new(record, Created: true)));
    }

    private void Receive(SignalItem item)
    {
        if (Load() is null || !Advance(item.Signal(Tick())))
        {
            item.Done?.TrySetResult(false);
        }
        else if (item.Done is { } done)
        {
            Answer(new PendingAnswer<bool>(done, static () => true));
        }
    }

    private void Receive(OutcomeItem item)
    {
        string id = item.Task.Command.Id;
        DateTimeOffset time = Tick();
        if (item.Outcome is TaskAccepted)
        {
            _pending.Accept(item.Task);
        }

        bool advanced = Advance(item.Outcome switch
        {
            TaskCompleted completed => new TaskSucceeded(time, id, completed.Output),
            TaskAccepted accepted => new TaskSubmitted(time, id, accepted.Output),
            TaskRejected rejected => new TaskFailed(time, id, rejected.Error, rejected.Cause, rejected.Stage),
            _ => throw new UnreachableException(),
        });
        if (!advanced)
        {
            NoteProgress();
        }
    }

    private void Receive(SubmittedItem item)
    {
        if (_pending.IsPending(item.Task))
        {
            Advance(new TaskSubmitted(Tick(), item.Task.Command.Id, item.Output));
        }

        Answer(new PendingAnswer<bool>(item.Done, static () => true));
    }

    private void Wake()
    {
        if (Load() is null)
        {
            return;
        }

        // What woke it is no longer set.
        _registered = null;
        while (_pending.Timers.TakeDue(engine.Now.ToUnixTimeMilliseconds()) is { } timer)
        {
            Advance(new TimerFired(Tick(), timer));
        }
    }

    /// <summary>False where the execution does not wait for the signal.</summary>
    private bool Advance(Signal signal)
    {
        WorkflowExecution workflow = _execution!.Workflow;
        if (!PendingWork.IsAwaited(workflow, signal))
        {
            return false;
        }

        if (signal is TaskSubmitted or MapRunStarted && _pending.IsSubmitted(PendingWork.CommandOf(signal)!))
        {
            // Told before a restart, and now again.
            return true;
        }

        Turn turn = workflow.Advance(signal);
        _pending.Settle(signal);
        Keep(turn, signal.Time, signal);
        return true;
    }

    /// <summary>Adds a turn to what is to be written, and takes note of what it asks for.</summary>
    private void Keep(Turn turn, DateTimeOffset time, Signal? signal)
    {
        ResidentExecution execution = _execution!;
        execution.LastTime = time;
        execution.TurnsSinceSnapshot++;
        TurnWrite write = Writing();
        TurnRecord.Write(write.Record, _values!, time, signal, turn.Events);
        write.EndTurn(execution.Workflow.EventCount);
        if (engine.Observer is not null)
        {
            (write.Observed ??= []).AddRange(turn.Events);
        }

        foreach (Command command in turn.Commands)
        {
            Note(write, command);
        }

        if (execution.Workflow.Status != ExecutionStatus.Running)
        {
            write.Ended = true;
            write.Stopped = signal is Stop;
            _pending.Timers.Clear();
        }
    }

    private void Note(TurnWrite write, Command command)
    {
        switch (command)
        {
            case RunTask run:
                var task = new RunningTask(cell, _execution!.Request, run);
                _pending.Add(task);
                write.Actions.Add(() => engine.Dispatcher.Run(task));
                break;
            case CancelTask when _pending.RemoveTask(command.Id) is { } cancelled:
                write.Actions.Add(() => engine.Dispatcher.Cancel(cancelled));
                break;
            case StartTimer timer:
                _pending.Timers.Start(timer.Id, timer.Due);
                break;
            case CancelTimer:
                _pending.Timers.Cancel(command.Id);
                break;
            case StartMapRun start:
                var started = new LocalMapRun(cell, _execution!.Request, _execution.Workflow.RedriveCount, start, engine.MapRuns);
                _pending.Add(started);
                write.Actions.Add(() => engine.Begin(started));
                break;
            case CancelMapRun when _pending.RemoveMapRun(command.Id) is { } cancelled:
                write.Actions.Add(cancelled.Cancel);
                break;
        }
    }

    private TurnWrite Writing()
    {
        if (_write is null)
        {
            _write = new TurnWrite(cell, _execution!.Id, _generation, engine.Options.Journal.PayloadThreshold);
            _values = new ValueWriter(_write.Record, _write.Payloads);
        }

        return _write;
    }

    /// <summary>Whether it has work to do is kept too: it decides what happens after a restart.</summary>
    private void NoteProgress() => Writing();

    private void Complete(ResidentExecution execution, TurnWrite write)
    {
        bool running = execution.Workflow.Status == ExecutionStatus.Running;
        long? wake = !running || _pending.IsBusy ? null : _pending.Timers.Earliest ?? ExecutionProgress.NoTimer;
        ExecutionProgress progress = execution.Progress(wake, write.Payloads);
        if (write.Created is not null || progress != execution.Written)
        {
            write.Progress = execution.Written = progress;
        }

        if (running && execution.TurnsSinceSnapshot >= engine.Options.SnapshotInterval)
        {
            write.Snapshot = (execution.Workflow.EventCount, SnapshotRecord.Write(execution.Workflow, _pending.Submitted));
            execution.TurnsSinceSnapshot = 0;
        }

        if (write.Ended || write.Observed is not null)
        {
            write.Outcome = execution.ToRecord();
        }
    }

    private void RegisterTimer(ResidentExecution execution)
    {
        long? due = execution.Workflow.Status == ExecutionStatus.Running ? _pending.Timers.Earliest : null;
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
    private void Answer(IPendingAnswer answer)
    {
        if (_execution is null || (_write is null && _uncommitted == 0))
        {
            answer.Complete();
        }
        else
        {
            // A write without turns goes behind those that wait.
            Writing().Answers.Add(answer);
        }
    }

    private void Committed(TurnWrite write)
    {
        _uncommitted--;
        write.Definition?.MarkKept();
        write.Actions.ForEach(action => action());
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
    private void Failed(FailedItem item)
    {
        _uncommitted--;
        item.Write.Answers.ForEach(answer => answer.Fail(item.Reason));
        if (item.Write.Generation != _generation)
        {
            return;
        }

        _generation++;
        _pending.Clear();
        _write?.Discard(item.Reason);
        _write = null;
        if (_execution is { } execution)
        {
            _execution = null;
            engine.Timers.Set(execution.Id, engine.Now.ToUnixTimeMilliseconds() + SoonMilliseconds);
        }
    }

    /// <summary>The time of the next signal. Signals of one execution never go back in time.</summary>
    private DateTimeOffset Tick()
    {
        DateTimeOffset now = engine.Now;
        return _execution is { } execution && execution.LastTime > now ? execution.LastTime : now;
    }

    private ResidentExecution? Load()
    {
        if (_execution is not null)
        {
            return _execution;
        }

        _execution = ExecutionLoader.Load(engine, cell.Arn, _pending);
        if (_execution is not { Workflow.Status: ExecutionStatus.Running } execution)
        {
            return _execution;
        }

        _registered = execution.Written?.Wake is { } wake and not ExecutionProgress.NoTimer ? wake : null;

        // What was asked for before and is not answered is asked for again.
        foreach (Command command in execution.Workflow.Outstanding)
        {
            TakeUp(execution, command);
        }

        return execution;
    }

    private void TakeUp(ResidentExecution execution, Command command)
    {
        switch (command)
        {
            case RunTask run:
                var task = new RunningTask(cell, execution.Request, run);
                _pending.Add(task);
                if (_pending.IsOnlyAwaited(run))
                {
                    _pending.Accept(task);
                }
                else
                {
                    engine.Dispatcher.Run(task);
                }

                break;
            case StartTimer timer:
                _pending.Timers.Start(timer.Id, timer.Due);
                break;
            case StartMapRun start:
                var mapRun = new LocalMapRun(cell, execution.Request, execution.Workflow.RedriveCount, start, engine.MapRuns);
                _pending.Add(mapRun);
                engine.Begin(mapRun);
                break;
        }
    }
}
