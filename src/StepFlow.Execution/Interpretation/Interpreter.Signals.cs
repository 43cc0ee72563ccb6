using System.Diagnostics;
using StepFlow.Execution.Commands;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;

namespace StepFlow.Execution.Interpretation;

/// <summary>What signals do.</summary>
internal sealed partial class Interpreter
{
    private static readonly Turn Nothing = new([], []);

    public Turn Take(Signal signal) =>
        signal is Redrive redrive ? Take(redrive)
        : Status != ExecutionStatus.Running || !Apply(signal) ? Nothing
        : EndTurn();

    /// <summary>False if the execution does not wait for the signal.</summary>
    private bool Apply(Signal signal)
    {
        switch (signal)
        {
            case Stop stop:
                SetTime(stop.Time);
                Break(ExecutionStatus.Aborted, HistoryEventType.ExecutionAborted, stop.Error, stop.Cause);
                return true;
            case TimerFired fired:
                return Apply(fired);
            case TaskSignal task:
                return ApplyToTask(task);
            case MapRunSignal run:
                return ApplyToMapRun(run);
            default:
                throw new UnreachableException();
        }
    }

    private bool ApplyToTask(TaskSignal signal)
    {
        if (Commands.Find(signal.TaskId) is not { Purpose: CommandPurpose.Task, Frame: { Task: { } task } frame })
        {
            return false;
        }

        SetTime(signal.Time);
        switch (signal)
        {
            case TaskStarted started:
                TaskStep.Start(this, frame, started.WorkerName);
                break;
            case TaskSubmitted submitted:
                TaskHistory.Submitted(this, frame, task.Command, submitted.Output);
                break;
            case TaskHeartbeat:
                task.LastHeartbeat = Now;
                break;
            case TaskSucceeded succeeded:
                Settle(task);
                Apply(frame, TryComplete(frame, succeeded.Output));
                break;
            case TaskFailed failed:
                Settle(task);
                Apply(frame, TaskStep.Fail(this, frame, task.Command, new(failed.Error, failed.Cause), failed.Stage));
                break;
        }

        return true;
    }

    private bool ApplyToMapRun(MapRunSignal signal)
    {
        if (Commands.Find(signal.MapRunId) is not { Purpose: CommandPurpose.MapRun, Frame: { } frame })
        {
            return false;
        }

        SetTime(signal.Time);
        switch (signal)
        {
            case MapRunStarted started:
                MapRunStep.RecordStart(this, frame, started.MapRunArn);
                break;
            case MapRunSucceeded succeeded:
                Commands.Complete(signal.MapRunId);
                Apply(frame, Try(frame, succeeded.Result, MapRunStep.Succeed));
                break;
            case MapRunFailed failed:
                Commands.Complete(signal.MapRunId);
                Apply(frame, MapRunStep.Fail(this, frame, failed.Error, failed.Cause));
                break;
        }

        return true;
    }

    private bool Apply(TimerFired fired)
    {
        if (Commands.Find(fired.TimerId) is not { Command: StartTimer timer } pending)
        {
            return false;
        }

        // The clock of a host may be a few milliseconds behind the timer's due time.
        SetTime(fired.Time < timer.Due ? timer.Due : fired.Time);
        Commands.Complete(fired.TimerId);
        switch (pending.Purpose)
        {
            case CommandPurpose.Deadline:
                Break(ExecutionStatus.TimedOut, HistoryEventType.ExecutionTimedOut, null, null);
                break;
            case CommandPurpose.Continue:
                Continuation = null;
                break;
            case CommandPurpose.Wait:
                pending.Frame!.Timer = null;
                Apply(pending.Frame, TryFinishWait(pending.Frame));
                break;
            case CommandPurpose.Backoff:
                pending.Frame!.Timer = null;
                pending.Frame.Phase = FramePhase.Attempting;
                Enqueue(pending.Frame);
                break;
            case CommandPurpose.TaskHeartbeat when !pending.Frame!.Task!.IsHeartbeatMissed(Now):
                TaskAttempt alive = pending.Frame.Task;
                alive.Heartbeat = StartTimer(CommandPurpose.TaskHeartbeat, pending.Frame, alive.HeartbeatDue);
                break;
            case CommandPurpose.TaskTimeout:
            case CommandPurpose.TaskHeartbeat:
                ExpireTasks();
                break;
            default:
                throw new UnreachableException();
        }

        return true;
    }

    /// <summary>
    /// All tasks whose time is up time out, not only the one whose timer fired first. They timed out at the same
    /// moment, so the history records all timeouts before their consequences.
    /// </summary>
    private void ExpireTasks()
    {
        var expired = new List<(Frame Frame, Failure Failure)>();
        foreach (PendingCommand pending in Commands.InOrder(Now, static (pending, now) =>
            pending is { Purpose: CommandPurpose.Task, Frame.Task: { } task } && (task.IsTimedOut(now) || task.IsHeartbeatMissed(now))))
        {
            Frame frame = pending.Frame!;
            TaskAttempt task = frame.Task!;
            Commands.Cancel(task.Id);
            StopTaskTimers(task);
            TaskHistory.TimedOut(this, frame, task.Command);
            frame.Task = null;
            expired.Add((frame, new(ErrorNames.Timeout, null)
            {
                Alias = task.IsTimedOut(Now) ? null : ErrorNames.HeartbeatTimeout,
                IsFromTask = true,
            }));
        }

        foreach ((Frame frame, Failure failure) in expired)
        {
            // A sibling's timeout may have cut it off.
            if (frame.Phase == FramePhase.Task && Status == ExecutionStatus.Running)
            {
                Fail(frame, failure);
            }
        }
    }

    /// <summary>Leaves a Wait state whose time has come.</summary>
    public StepResult TryFinishWait(Frame frame) => Try(frame, (CompiledWait)frame.State, WaitStep.Finish);

    private void Settle(TaskAttempt task)
    {
        Commands.Complete(task.Id);
        StopTaskTimers(task);
    }
}
