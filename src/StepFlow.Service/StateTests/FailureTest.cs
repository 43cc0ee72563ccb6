using StepFlow.Execution;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;

namespace StepFlow.Service.StateTests;

/// <summary>What a failure leads to in a tested state: a retry, a catcher, or the end.</summary>
internal sealed class FailureTest(CompiledState state, TestScope scope, StateTestCall call, Inspection inspection)
{
    /// <summary>The number of the event that an execution's first state is entered with.</summary>
    private const int EnteredEventId = 2;

    /// <summary>The result of a failure.</summary>
    public StateTestResult Handle(Failure failure)
    {
        failure = failure.In(StateMachineLoader.UnnamedState, EnteredEventId);
        return Retry(failure) ?? Catch(failure) ?? new() { Status = StateTestResult.Failed, Error = failure.Error, Cause = failure.Cause };
    }

    private StateTestResult? Retry(Failure failure)
    {
        int at = FailurePolicy.FindRetrier(state, failure);
        if (at < 0 || call.RetrierRetryCount >= FailurePolicy.Retriers(state)[at].MaxAttempts)
        {
            return null;
        }

        inspection.Member("errorDetails", JsonObject.Create(
            ("retryIndex", at),
            ("retryBackoffIntervalSeconds", (long)FailurePolicy.Delay(FailurePolicy.Retriers(state)[at], call.RetrierRetryCount))));
        return new() { Status = StateTestResult.Retriable, Error = failure.Error, Cause = failure.Cause };
    }

    private StateTestResult? Catch(Failure failure)
    {
        int at = FailurePolicy.FindCatcher(state, failure);
        if (at < 0)
        {
            return null;
        }

        CompiledCatcher catcher = FailurePolicy.Catchers(state)[at];
        Outcome<StateResult> completed = catcher.Data.Complete(scope, FailurePolicy.ErrorOutput(failure));
        if (!completed.IsSuccess)
        {
            Failure uncaught = Failure.From(completed.Error).In(StateMachineLoader.UnnamedState, EnteredEventId);
            return new() { Status = StateTestResult.Failed, Error = uncaught.Error, Cause = uncaught.Cause };
        }

        inspection.Member("errorDetails", JsonObject.Create(("catchIndex", at)));
        return new()
        {
            Status = StateTestResult.CaughtError,
            Output = completed.Value.Output,
            Error = failure.Error,
            Cause = failure.Cause,
            NextState = catcher.Next.Name,
        };
    }
}
