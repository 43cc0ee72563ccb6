using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Local.Journal;
using StepFlow.Local.Records;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Local.Engine;

/// <summary>Turns of an execution: writing them, carrying out their commands after the commit, and restoring them.</summary>
internal sealed partial class ExecutionActor
{
    /// <summary>Adds a turn to the next write, and its commands to the pending work.</summary>
    private void AddTurn(Turn turn, DateTimeOffset time, Signal? signal)
    {
        ResidentExecution execution = _execution!;
        execution.LastTime = time;
        execution.TurnsSinceSnapshot++;
        execution.StepsSinceSnapshot += turn.Steps;
        TurnWrite write = Writing();
        TurnRecord.Write(write.Record, _values!, time, signal, turn.Events);
        write.EndTurn(execution.Workflow.EventCount);
        _events += turn.Events.Count;
        DefectLog.Write(engine.Logger, cell.Arn, turn);
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
                var task = new RunningTask(engine, cell, _execution!.Request, run);
                _pending.Add(task);
                write.Perform(task.Begin);
                write.StartsTask = true;
                break;
            case CancelTask when _pending.RemoveTask(command.Id) is { } cancelled:
                write.Perform(cancelled.End);
                break;
            case StartTimer timer:
                _pending.Timers.Start(timer.Id, timer.Due);
                break;
            case CancelTimer:
                _pending.Timers.Cancel(command.Id);
                break;
            case StartMapRun start:
                var started = engine.MapRun(cell, _execution!.Request, _execution.Workflow.RedriveCount, start);
                _pending.Add(started);
                write.Perform(started.Begin);
                break;
            case CancelMapRun when _pending.RemoveMapRun(command.Id) is { } cancelled:
                write.Perform(cancelled.Cancel);
                break;
        }
    }

    /// <summary>What to do when the turn of a signal takes long: store the signal without its turn, and complete the call.</summary>
    /// <param name="caller">The call.</param>
    /// <param name="lastEvent">The last event before the turn.</param>
    private Action Acceptance(Signal signal, TaskCompletionSource<bool> caller, long lastEvent) => () =>
    {
        TurnWrite write = Writing();
        TurnRecord.WriteAccepted(write.Record, _values!, signal);
        write.EndTurn(lastEvent);
        write.EarlyResponse = new PendingResponse<bool>(caller, static () => true);

        // It is busy: after a crash it is loaded at the next start, and makes the turn then.
        write.Progress = _execution!.Written = _execution.Progress(wake: null, write.Payloads);
        if (write.Observed is not null)
        {
            write.Outcome = _execution.ToRecord();
        }

        Submit(write);
    };

    private TurnWrite Writing()
    {
        if (_write is null)
        {
            _write = new TurnWrite(cell, _execution!.Id, _generation, engine.Options.Journal.PayloadThreshold);
            _values = new ValueWriter(_write.Payloads);
        }

        return _write;
    }

    /// <summary>Stores also whether the execution has work to do, which decides how it is resumed after a restart.</summary>
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

        if (execution.IsSnapshotDue(write.Record.Length, engine.Options.SnapshotInterval))
        {
            byte[] snapshot = SnapshotRecord.Write(execution.Workflow, _pending.Submitted);
            write.Snapshot = (execution.Workflow.EventCount, snapshot);
            execution.SnapshotTaken(snapshot.Length);
        }

        if (write.Ended || write.Observed is not null)
        {
            write.Outcome = execution.ToRecord();
        }
    }

    /// <summary>Sets the wake-up of the execution to its next timer.</summary>
    private void AwaitTimer(ResidentExecution execution)
    {
        long? due = execution.Workflow.Status == ExecutionStatus.Running ? _pending.Timers.Earliest : null;
        if (due <= engine.Now.ToUnixTimeMilliseconds())
        {
            ContinueLater();
            return;
        }

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

    /// <summary>
    /// Continues after the items in its inbox (such as a stop) and after other executions. If the disk
    /// is slower than the execution, the next commit calls this again.
    /// </summary>
    private void ContinueLater()
    {
        _isWaitingForDisk = _uncommitted >= WritesAhead;
        if (!_isContinuing && !_isWaitingForDisk && !engine.IsStopping)
        {
            _isContinuing = true;
            cell.Post(WakeItem.Instance);
        }
    }

    /// <summary>Completes a call when all turns so far are durable.</summary>
    private void Respond(IPendingResponse response)
    {
        if (_execution is null || (_write is null && _uncommitted == 0))
        {
            response.Complete();
        }
        else
        {
            // A write without turns is made after the queued ones.
            Writing().Respond(response);
        }
    }

    private void Committed(TurnWrite write)
    {
        _uncommitted--;
        _failures = 0;
        _failing = null;
        LetHeldGo();
        write.Definition?.MarkStored();
        if (write.Observed is { } events)
        {
            engine.Observer!.Observe(write.Outcome!, events);
        }

        write.CompleteResponses();
        if (write.Ended)
        {
            engine.Problems.ClearCommands(cell.Arn);
            engine.Ended(write.Outcome!, write.Stopped);
        }
    }

    /// <summary>The state in memory is newer than the stored one, and the difference could not be written. Continues from the stored state.</summary>
    private void Failed(FailedItem item)
    {
        _uncommitted--;
        LetHeldGo();
        item.Write.FailResponses(item.Reason);
        if (item.Write.Generation != _generation)
        {
            return;
        }

        _generation++;
        DropPendingWork();
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

    /// <summary>A signal with its stored time: in whole milliseconds, and not before the time of the previous signal.</summary>
    private Signal InOrder(Signal signal)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(signal.Time.ToUnixTimeMilliseconds());
        return signal with { Time = _execution!.LastTime > time ? _execution.LastTime : time };
    }

    private void Enter(ResidentExecution execution)
    {
        if (_entered is { } before && before != execution.Id)
        {
            // A start that could not be written has used an id.
            engine.Leave(before, cell);
        }

        _execution = execution;
        _entered = execution.Id;
        engine.Enter(execution.Id, cell);
    }

    private ResidentExecution? Load()
    {
        if (_execution is not null)
        {
            return _execution;
        }

        if (ExecutionLoader.Load(engine, cell.Arn, _pending) is not { } execution)
        {
            Resume();
            return null;
        }

        Enter(execution);
        Resume();
        IReadOnlyList<Command> outstanding = execution.Workflow.Outstanding;
        if (execution.Accepted is { } accepted)
        {
            Advance(InOrder(accepted));
        }

        if (execution.Workflow.Status != ExecutionStatus.Running)
        {
            return execution;
        }

        _registered = execution.Written?.Wake is { } wake and not ExecutionProgress.NoTimer ? wake : null;

        // Commands without an outcome are performed again.
        foreach (Command command in outstanding)
        {
            if (execution.Workflow.IsWaitingFor(command.Id))
            {
                TakeUp(execution, command);
            }
        }

        return execution;
    }

    private void TakeUp(ResidentExecution execution, Command command)
    {
        switch (command)
        {
            case RunTask run:
                var task = new RunningTask(engine, cell, execution.Request, run);
                _pending.Add(task);
                if (_pending.IsOnlyAwaited(run))
                {
                    _pending.Accept(task);
                }
                else
                {
                    task.Begin();
                }

                break;
            case StartTimer timer:
                _pending.Timers.Start(timer.Id, timer.Due);
                break;
            case StartMapRun start:
                var mapRun = engine.MapRun(cell, execution.Request, execution.Workflow.RedriveCount, start);
                _pending.Add(mapRun);
                mapRun.Begin();
                break;
        }
    }
}
