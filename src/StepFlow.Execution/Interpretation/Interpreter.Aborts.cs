using StepFlow.Execution.History;

namespace StepFlow.Execution.Interpretation;

/// <summary>Aborts the siblings of a failed branch or iteration, and everything if the execution is stopped or times out.</summary>
internal sealed partial class Interpreter
{
    /// <summary>Cancels the command that a frame waits for, and records the abort.</summary>
    /// <param name="previousEventId">The previous event of the events that are recorded; null for the frame's own last event.</param>
    public void Abort(Frame frame, long? previousEventId)
    {
        if (frame.Phase == FramePhase.Succeeded || frame.IsHalted)
        {
            return;
        }

        bool isInState = frame.Phase != FramePhase.Ready;
        StopWaiting(frame);
        frame.Phase = FramePhase.Aborted;
        if (frame.Parent?.Group is MapGroup)
        {
            Emit(
                HistoryEventType.MapIterationAborted,
                previousEventId ?? frame.LastEventId,
                new MapIterationDetails(frame.Parent.State.Name, frame.Index));
        }

        AbortAll(frame.Group?.Frames, previousEventId);

        // A top-level Task or Wait ends with the execution, without an event of its own.
        bool hasEvent = frame.Parent is not null || frame.State is CompiledMap or CompiledParallel;
        if (isInState && hasEvent && StateEventTypes.Of(frame.State).Aborted is { } type)
        {
            Emit(type, previousEventId ?? frame.LastEventId);
        }
    }

    /// <summary>Ends the execution in this turn, because it was stopped or timed out.</summary>
    public void Break(ExecutionStatus status, HistoryEventType type, string? error, string? cause)
    {
        Abort(Root, null);
        _historyFull = false;
        (Error, Cause) = (error, cause);
        Close(status);
        Emit(type, 0, new FailureDetails(error, cause));
    }

    /// <summary>Ends the execution for its host, after the events that were stored.</summary>
    public Turn EndByHost(DateTimeOffset time, ExecutionStatus status, string? error, string? cause, long storedEvents)
    {
        if (Status != ExecutionStatus.Running)
        {
            return Nothing;
        }

        SetTime(time);
        LastEventId = Math.Max(LastEventId, storedEvents);
        HistoryEventType type = status == ExecutionStatus.Aborted ? HistoryEventType.ExecutionAborted : HistoryEventType.ExecutionFailed;
        Break(status, type, error, cause);
        return EndTurn();
    }

    private void EndWithHistoryFull()
    {
        (Error, Cause) = (ErrorNames.Runtime, HistoryBytes > DataBounds.ExpressHistory ? Causes.HistoryTooLarge(DataBounds.ExpressHistory) : Causes.HistoryFull(_maxEvents));
        long last = LastEventId;
        Abort(Root, null);
        Close(ExecutionStatus.Failed);
        Emit(HistoryEventType.ExecutionFailed, last, new FailureDetails(Error, Cause));
    }

    /// <summary>A branch or iteration has failed: its siblings are aborted.</summary>
    private void AbortSiblings(Frame parent, Frame failed)
    {
        long failing = failed.LastEventId;
        FrameGroup group = parent.Group!;
        if (group is MapGroup map)
        {
            Emit(HistoryEventType.MapIterationFailed, failing, new MapIterationDetails(parent.State.Name, failed.Index));
            map.Running = 0;
        }

        // A Map or Parallel has a failed event. A Task or Wait without an exit event counts as aborted.
        if (failed.State is CompiledTask or CompiledWait && StateEventTypes.Of(failed.State).Aborted is { } type)
        {
            Emit(type, failing);
        }

        AbortAll(group.Frames, failing);
        parent.LastEventId = failing;
    }

    /// <summary>Aborts the branches or iterations of a Parallel or inline Map that fails itself, because its next iteration could not be prepared.</summary>
    private void AbortChildren(Frame frame)
    {
        if (frame.Group is { Remaining: > 0 } group)
        {
            AbortAll(group.Frames, frame.LastEventId);
        }
    }

    private void AbortAll(Frame?[]? frames, long? previousEventId)
    {
        foreach (Frame? frame in frames ?? [])
        {
            if (frame is not null)
            {
                Abort(frame, previousEventId);
            }
        }
    }

    private void StopWaiting(Frame frame)
    {
        if (frame.Task is { } task)
        {
            Commands.Cancel(task.Id);
            StopTaskTimers(task);
            frame.Task = null;
        }

        if (frame.Timer is { } timer)
        {
            Commands.Cancel(timer.Id);
            frame.Timer = null;
        }

        if (frame.MapRun is { } run)
        {
            Commands.Cancel(run.Id);
            if (run.Arn is { } && frame.Phase == FramePhase.MapRun)
            {
                Emit(HistoryEventType.MapRunAborted, frame.LastEventId);
            }
        }
    }

    private void StopTaskTimers(TaskAttempt task)
    {
        foreach (FrameTimer? timer in (ReadOnlySpan<FrameTimer?>)[task.Timeout, task.Heartbeat])
        {
            if (timer is not null)
            {
                Commands.Cancel(timer.Id);
            }
        }
    }
}
