using StepFlow.Execution.Frames;
using StepFlow.Execution.History;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;

namespace StepFlow.Execution;

/// <summary>What happens to failures: retried, caught, or handed on to the state around.</summary>
internal sealed partial class Interpreter
{
    /// <summary>A failure in the state that a frame is in.</summary>
    public void Fail(Frame frame, StatesError error) => Fail(frame, Failure.From(error));

    /// <inheritdoc cref="Fail(Frame, StatesError)"/>
    public void Fail(Frame frame, Failure failure)
    {
        while (true)
        {
            bool isEvaluation = failure.EvaluationLocation is not null;
            failure = Record(frame, failure);
            if (TryRetry(frame, failure))
            {
                return;
            }

            // A Map or Parallel says that it failed where it had started, or where an expression of its own failed; not
            // where its branches have succeeded, and it said so.
            bool hasSucceeded = frame.Group is { Remaining: 0 } || (frame.Phase == FramePhase.MapRun && frame.MapRun is null);
            if ((isEvaluation || frame.Group is not null || frame.MapRun is not null) && !hasSucceeded)
            {
                if (frame.State is CompiledMap)
                {
                    Emit(frame, HistoryEventType.MapStateFailed);
                }
                else if (frame.State is CompiledParallel)
                {
                    Emit(frame, HistoryEventType.ParallelStateFailed);
                }
            }

            int caughtBy = FailurePolicy.FindCatcher(frame.State, failure);
            if (caughtBy >= 0)
            {
                CompiledCatcher catcher = FailurePolicy.Catchers(frame.State)[caughtBy];
                Outcome<StateResult> caught = Evaluate(frame, catcher, failure);
                if (caught.IsSuccess)
                {
                    frame.Group = null;
                    frame.MapRun = null;
                    Exit(frame, caught.Value, catcher.Next, ExitedType(frame.State));
                    return;
                }

                // What fails in a catcher is not caught again.
                failure = Record(frame, Failure.From(caught.Error));
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

            CutOff(parent, frame);
            failure = failure with { Alias = parent.State is CompiledParallel ? ErrorNames.BranchFailed : null };
            frame = parent;
        }
    }

    /// <summary>Says where a failure arose, once, and records a failed evaluation.</summary>
    private Failure Record(Frame frame, Failure failure)
    {
        failure = failure.In(frame.State.Name, frame.EnteredEventId);
        if (failure.EvaluationLocation is { } location)
        {
            // It follows what led to this step: where nothing happened since the state was entered, what was before it.
            long previous = frame.LastEventId == frame.EnteredEventId ? frame.BeforeEnteredEventId : frame.LastEventId;
            frame.LastEventId = Emit(
                HistoryEventType.EvaluationFailed,
                previous,
                new EvaluationFailedDetails(frame.State.Name, failure.Error, failure.Cause, location));
            failure = failure with { EvaluationLocation = null };
        }

        return failure;
    }

    private bool TryRetry(Frame frame, Failure failure)
    {
        int at = FailurePolicy.FindRetrier(frame.State, failure);
        if (at < 0)
        {
            return false;
        }

        IReadOnlyList<CompiledRetrier> retriers = FailurePolicy.Retriers(frame.State);
        CompiledRetrier retrier = retriers[at];
        int[] counts = frame.RetrierCounts ??= new int[retriers.Count];
        if (counts[at] >= retrier.MaxAttempts)
        {
            return false;
        }

        double delay = FailurePolicy.Delay(retrier, counts[at]);
        counts[at]++;
        frame.RetryCount++;
        frame.Group = null;
        frame.MapRun = null;
        frame.Phase = FramePhase.Backoff;
        frame.Timer = GiveTimer(CommandPurpose.Backoff, frame, After(retrier.FullJitter ? delay * Scope.Entropy.NextDouble() : delay));
        return true;
    }

    private static HistoryEventType ExitedType(CompiledState state) => state switch
    {
        CompiledMap => HistoryEventType.MapStateExited,
        CompiledParallel => HistoryEventType.ParallelStateExited,
        _ => HistoryEventType.TaskStateExited,
    };
}
