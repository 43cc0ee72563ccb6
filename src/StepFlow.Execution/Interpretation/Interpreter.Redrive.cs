using StepFlow.Execution.History;
using StepFlow.Execution.Signals;

namespace StepFlow.Execution.Interpretation;

/// <summary>Redrives: continues after a failure, a stop or a timeout, where it happened.</summary>
internal sealed partial class Interpreter
{
    /// <summary>Continues a frame that failed or was aborted. What succeeded inside it is not run again.</summary>
    public void Resume(Frame frame)
    {
        frame.RetryCount = 0;
        frame.RetrierCounts = null;
        if (frame.Group is { Remaining: > 0 } group)
        {
            if (group is MapGroup map)
            {
                map.Running = 0;
                map.Next = 0;
                map.StartAfterEventId = frame.LastEventId;
                frame.Phase = FramePhase.Feeding;
                Enqueue(frame);
                return;
            }

            frame.Phase = FramePhase.Group;
            foreach (Frame? branch in group.Frames)
            {
                if (branch is { IsHalted: true })
                {
                    branch.LastEventId = frame.LastEventId;
                    Resume(branch);
                }
            }

            return;
        }

        frame.Group = null;
        if (frame.MapRun is { Arn: not null } run)
        {
            MapRunStep.Redrive(this, frame, run);
            return;
        }

        // A state that works by attempts is still entered; any other is entered again.
        frame.MapRun = null;
        bool isEntered = frame.EnteredEventId > 0 && frame.State is CompiledRetryableState;
        frame.Phase = isEntered ? FramePhase.Attempting : FramePhase.Ready;
        Enqueue(frame);
    }

    private Turn Take(Redrive redrive)
    {
        if (Status is not (ExecutionStatus.Failed or ExecutionStatus.TimedOut or ExecutionStatus.Aborted))
        {
            return Nothing;
        }

        SetTime(redrive.Time);
        Status = ExecutionStatus.Running;
        (Error, Cause, StopTime) = (null, null, null);
        SetRedrive(RedriveCount + 1, Now);
        Root.LastEventId = Emit(HistoryEventType.ExecutionRedriven, LastEventId, new ExecutionRedrivenDetails(RedriveCount));
        StartDeadline();
        Resume(Root);
        return EndTurn();
    }
}
