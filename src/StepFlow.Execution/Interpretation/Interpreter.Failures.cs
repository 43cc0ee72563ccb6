using StepFlow.Execution.History;

namespace StepFlow.Execution.Interpretation;

/// <summary>Failures: retried, caught, or passed on to the Parallel or Map around.</summary>
internal sealed partial class Interpreter
{
    /// <summary>A failure in the state that a frame is in.</summary>
    private void Fail(Frame frame, Failure failure)
    {
        while (true)
        {
            bool isEvaluation = failure.EvaluationLocation is not null;
            failure = Record(frame, failure);
            if (FailurePolicy.FindRetry(frame, failure) is { IsLeft: true } retry)
            {
                Retry(frame, retry);
                return;
            }

            // A Map or Parallel has a failed event if it had started, or if one of its own expressions failed, but not after
            // its succeeded event.
            bool hasSucceeded = frame.Group is { Remaining: 0 } || (frame.Phase == FramePhase.MapRun && frame.MapRun is null);
            if ((isEvaluation || frame.Group is not null || frame.MapRun is not null) && !hasSucceeded && StateEventTypes.Of(frame.State).Failed is { } type)
            {
                Emit(frame, type);
            }

            if (FailurePolicy.FindCatch(frame, failure) is { } found)
            {
                StepResult caught = Catch(frame, found.Catcher, failure);
                if (caught.Failure is not { } wrong)
                {
                    frame.Group = null;
                    frame.MapRun = null;
                    Exit(frame, caught);
                    return;
                }

                // What fails in a catcher is not caught again.
                failure = Record(frame, wrong);
            }

            frame.Phase = FramePhase.Failed;
            if (frame.Parent is not { } parent)
            {
                if (_historyFull)
                {
                    return;
                }

                (Error, Cause) = (failure.Error, failure.Cause);
                long last = frame.LastEventId;
                Close(ExecutionStatus.Failed);
                Emit(HistoryEventType.ExecutionFailed, last, new FailureDetails(failure.Error, failure.Cause));
                return;
            }

            AbortSiblings(parent, frame);
            failure = failure with { Alias = parent.State is CompiledParallel ? ErrorNames.BranchFailed : null };
            frame = parent;
        }
    }

    public StepResult Catch(Frame frame, CompiledCatcher catcher, Failure failure) => Try(
        frame,
        (catcher, failure),
        static (interpreter, frame, caught) =>
            interpreter.Leave(frame, caught.catcher.Data, FailurePolicy.ErrorOutput(caught.failure), caught.catcher.Next));

    /// <summary>Records the state in which a failure arose, once, and records a failed evaluation.</summary>
    private Failure Record(Frame frame, Failure failure)
    {
        failure = failure.In(frame.State.Name, frame.EnteredEventId);
        if (failure.EvaluationLocation is { } location)
        {
            // The previous event is the last one of the frame. If nothing happened since the state was entered, it is the one before the entry.
            long previous = frame.LastEventId == frame.EnteredEventId ? frame.BeforeEnteredEventId : frame.LastEventId;
            frame.LastEventId = Emit(
                HistoryEventType.EvaluationFailed,
                previous,
                new EvaluationFailedDetails(frame.State.Name, failure.Error, failure.Cause, location));
            failure = failure with { EvaluationLocation = null };
        }

        return failure;
    }

    private void Retry(Frame frame, RetryChoice retry)
    {
        (frame.RetrierCounts ??= new int[((CompiledRetryableState)frame.State).Retry.Count])[retry.Index]++;
        frame.RetryCount++;
        frame.Group = null;
        frame.MapRun = null;
        frame.Phase = FramePhase.Backoff;
        double delay = retry.Retrier.FullJitter ? retry.Delay * Scope.Entropy.NextDouble() : retry.Delay;
        frame.Timer = StartTimer(CommandPurpose.Backoff, frame, After(delay));
    }
}
