using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Local.Journal;
using StepFlow.Local.Records;
using StepFlow.Runtime.Problems;

namespace StepFlow.Local.Engine;

/// <summary>
/// Suspends an execution that cannot continue because of damaged data, an outage, or a defect of this program.
/// The host tries again after growing pauses, at each signal, and on request. A suspended execution can be
/// stopped, and it times out.
/// </summary>
internal sealed partial class ExecutionActor
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    private readonly List<InboxItem> _held = [];
    private ExecutionProblem? _suspended;
    private ITimer? _retry;
    private DateTimeOffset? _failing;
    private int _failures;

    /// <summary>Not a failure of the workflow. The state in memory may be wrong and is discarded.</summary>
    private void Suspend(Exception reason)
    {
        _write?.Discard(reason);
        _write = null;
        _execution = null;
        _registered = null;
        DropPendingWork();
        _failures++;
        _failing ??= engine.Now;
        if (engine.IsStopping)
        {
            return;
        }

        TimeSpan delay = TimeSpan.FromSeconds(Math.Min(LongestRetry.TotalSeconds, Math.Pow(2, Math.Min(_failures, 16))));
        DateTimeOffset retry = engine.Now + delay;
        if (DeadlineOrNull() is { } deadline && deadline > engine.Now && deadline < retry)
        {
            retry = deadline;
        }

        _suspended = new()
        {
            ExecutionArn = cell.Arn,
            Kind = ExecutionProblemKind.Suspended,
            Reason = reason.Message,
            FailedAttempts = _failures,
            Since = _failing,
            NextAttempt = retry,
        };
        engine.Problems.Set(_suspended);
        LocalLogs.ExecutionSuspended(engine.Logger, reason, cell.Arn, retry, _failures);
        _retry?.Dispose();
        _retry = engine.Clock.CreateTimer(_ => cell.Post(WakeItem.Instance), null, retry - engine.Now, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Tries again now.</summary>
    private void Retry(RetryItem item)
    {
        bool tried = _suspended is not null;
        if (Load() is not null)
        {
            foreach (RunningTask task in _pending.Tasks)
            {
                tried |= engine.Dispatcher.RepeatNow(task);
            }

            foreach (LocalMapRun run in _pending.MapRuns)
            {
                tried |= run.RepeatNow();
            }
        }

        item.Done.TrySetResult(tried);
    }

    /// <summary>Discards the tasks, Map Runs and timers in memory, and their problems.</summary>
    private void DropPendingWork()
    {
        _pending.Clear();
        engine.Problems.ClearCommands(cell.Arn);
    }

    /// <summary>The execution is in memory again, or has ended.</summary>
    private void Resume()
    {
        if (_suspended is not null)
        {
            _suspended = null;
            _retry?.Dispose();
            _retry = null;
            engine.Problems.Clear(cell.Arn, null);
            LocalLogs.ExecutionResumed(engine.Logger, cell.Arn);
        }
    }

    /// <summary>Handles an item while the execution is suspended.</summary>
    private void HandleSuspended(InboxItem item, Exception reason)
    {
        if (_uncommitted > 0)
        {
            // The stored state is complete only when these turns are written.
            _held.Add(item);
            return;
        }

        try
        {
            switch (item)
            {
                case StartItem start when Find() is { } existing:
                    start.Done.TrySetResult(new(existing, Created: false));
                    return;
                case SignalItem { Signal: Stop sent } signal:
                    Stop stop = sent with { Time = engine.Now };
                    bool ends = End(ExecutionStatus.Aborted, HistoryEventType.ExecutionAborted, stop, stop.Error, stop.Cause, signal.Done);
                    if (!ends)
                    {
                        signal.Done?.TrySetResult(false);
                    }

                    return;
                case RetryItem retry:
                    retry.Done.TrySetResult(true);
                    return;
                case WakeItem when DeadlineOrNull() is { } deadline && deadline <= engine.Now:
                    End(ExecutionStatus.TimedOut, HistoryEventType.ExecutionTimedOut, new TimerFired(engine.Now, "deadline"), null, null, null);
                    return;
            }
        }
        catch (Exception e)
        {
            reason = e;
        }

        Refuse(item, _suspended is { } suspended ? new SuspendedException(suspended, reason) : reason);
    }

    /// <summary>Ends the execution without its state. False if it has already ended.</summary>
    private bool End(
        ExecutionStatus status, HistoryEventType type, Signal signal, string? error, string? cause, TaskCompletionSource<bool>? done)
    {
        (StoredExecution Stored, ExecutionRecord Record)? found = Read();
        if (found is not { Stored.Progress.Status: ExecutionStatus.Running } running)
        {
            Resume();
            return false;
        }

        long id = running.Stored.Row.Id;
        var last = new HistoryEvent
        {
            Id = running.Record.EventCount + 1,
            PreviousEventId = 0,
            Timestamp = signal.Time,
            Type = type,
            Details = new FailureDetails(error, cause),
        };
        var write = new TurnWrite(cell, id, _generation, engine.Options.Journal.PayloadThreshold)
        {
            Progress = running.Stored.Progress with
            {
                Status = status,
                Wake = null,
                StopTime = signal.Time.ToUnixTimeMilliseconds(),
                Error = error,
                Cause = cause,
            },
            Outcome = running.Record with { Status = status, StopTime = signal.Time, Error = error, Cause = cause, EventCount = last.Id },
            Observed = engine.Observer is null ? null : [last],
            Ended = true,
            Stopped = signal is Stop,
        };
        TurnRecord.Write(write.Record, new ValueWriter(write.Payloads), signal.Time, signal, [last]);
        write.EndTurn(last.Id);
        if (done is not null)
        {
            write.Respond(new PendingResponse<bool>(done, static () => true));
        }

        write.Close();
        _uncommitted++;
        engine.Writer.Submit(write);
        Resume();
        return true;
    }

    /// <summary>The time of its timeout, if its definition and its row can be read. Null otherwise.</summary>
    private DateTimeOffset? DeadlineOrNull()
    {
        try
        {
            return Read() is { } found && engine.Definitions.Get(found.Stored.Row.Definition, found.Record.Start.IsExpress).Machine.TimeoutSeconds is { } seconds
                ? (found.Record.RedriveTime ?? found.Record.Start.StartTime).AddSeconds(seconds)
                : null;
        }
        catch (Exception e)
        {
            // The cause of the suspension may also make the definition unreadable.
            LocalLogs.DeadlineUnknown(engine.Logger, e, cell.Arn);
            return null;
        }
    }

    private ExecutionRecord? Find() => Read()?.Record;

    private (StoredExecution Stored, ExecutionRecord Record)? Read() => engine.Readers.Read(reader =>
        reader.FindExecution(cell.Arn) is { } stored
            ? (stored, ExecutionRows.ToRecord(reader, stored, engine.Definitions.Text(stored.Row.Definition)))
            : ((StoredExecution, ExecutionRecord)?)null);

    /// <summary>All turns before the problem are written, so the delayed items can be handled.</summary>
    private void LetHeldGo()
    {
        if (_uncommitted == 0 && _held.Count > 0)
        {
            _held.ForEach(item => cell.Post(item));
            _held.Clear();
        }
    }
}
