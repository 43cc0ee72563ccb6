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
        if (failure.NeedsPlace)
        {
            failure = failure with { Cause = Causes.InState(StateMachineLoader.UnnamedState, EnteredEventId, failure.Cause) };
        }

        (IReadOnlyList<CompiledRetrier> retriers, IReadOnlyList<CompiledCatcher> catchers) = state switch
        {
            CompiledTask task => (task.Retry, task.Catch),
            CompiledMap map => (map.Retry, map.Catch),
            CompiledParallel parallel => (parallel.Retry, parallel.Catch),
            _ => ((IReadOnlyList<CompiledRetrier>)[], (IReadOnlyList<CompiledCatcher>)[]),
        };
        return Retry(retriers, failure) ?? Catch(catchers, failure) ?? new() { Status = StateTestResult.Failed, Error = failure.Error, Cause = failure.Cause };
    }

    private StateTestResult? Retry(IReadOnlyList<CompiledRetrier> retriers, Failure failure)
    {
        for (int i = 0; i < retriers.Count; i++)
        {
            CompiledRetrier retrier = retriers[i];
            if (!failure.Matches(retrier.ErrorEquals))
            {
                continue;
            }

            if (call.RetrierRetryCount >= retrier.MaxAttempts)
            {
                return null;
            }

            double delay = retrier.IntervalSeconds * Math.Pow(retrier.BackoffRate, call.RetrierRetryCount);
            inspection.Member("errorDetails", JsonObject.Create(
                ("retryIndex", i),
                ("retryBackoffIntervalSeconds", (long)Math.Min(delay, retrier.MaxDelaySeconds ?? int.MaxValue))));
            return new() { Status = StateTestResult.Retriable, Error = failure.Error, Cause = failure.Cause };
        }

        return null;
    }

    private StateTestResult? Catch(IReadOnlyList<CompiledCatcher> catchers, Failure failure)
    {
        for (int i = 0; i < catchers.Count; i++)
        {
            CompiledCatcher catcher = catchers[i];
            if (!failure.Matches(catcher.ErrorEquals))
            {
                continue;
            }

            JsonObject errorOutput = JsonObject.Create(("Error", failure.Error ?? string.Empty), ("Cause", failure.Cause ?? string.Empty));
            Outcome<StateResult> completed = catcher.Data.Complete(scope, errorOutput);
            if (!completed.IsSuccess)
            {
                string cause = Causes.InState(StateMachineLoader.UnnamedState, EnteredEventId, completed.Error.Cause);
                return new() { Status = StateTestResult.Failed, Error = completed.Error.Name, Cause = cause };
            }

            inspection.Member("errorDetails", JsonObject.Create(("catchIndex", i)));
            return new()
            {
                Status = StateTestResult.CaughtError,
                Output = completed.Value.Output,
                Error = failure.Error,
                Cause = failure.Cause,
                NextState = catcher.Next.Name,
            };
        }

        return null;
    }
}
