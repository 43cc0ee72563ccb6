using StepFlow.Language.Compilation;
using StepFlow.Language.Json;

namespace StepFlow.Execution;

/// <summary>Which retrier or catcher of a state a failure meets, and what comes of it (Amazon States Language, "Errors"): for executions and for TestState.</summary>
public static class FailurePolicy
{
    /// <summary>The longest time of a task or a pause, in seconds.</summary>
    internal const double LongestSeconds = 99_999_999;

    /// <summary>The retriers of a state; none where it has none.</summary>
    public static IReadOnlyList<CompiledRetrier> Retriers(CompiledState state) => state switch
    {
        CompiledTask task => task.Retry,
        CompiledParallel parallel => parallel.Retry,
        CompiledMap map => map.Retry,
        _ => [],
    };

    /// <summary>The catchers of a state; none where it has none.</summary>
    public static IReadOnlyList<CompiledCatcher> Catchers(CompiledState state) => state switch
    {
        CompiledTask task => task.Catch,
        CompiledParallel parallel => parallel.Catch,
        CompiledMap map => map.Catch,
        _ => [],
    };

    /// <summary>The index of the retrier that decides: the first that names the failure, also where its attempts are used up. -1 for none.</summary>
    public static int FindRetrier(CompiledState state, Failure failure)
    {
        IReadOnlyList<CompiledRetrier> retriers = Retriers(state);
        for (int i = 0; i < retriers.Count; i++)
        {
            if (failure.Matches(retriers[i].ErrorEquals))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The index of the first catcher that names the failure; -1 for none.</summary>
    public static int FindCatcher(CompiledState state, Failure failure)
    {
        IReadOnlyList<CompiledCatcher> catchers = Catchers(state);
        for (int i = 0; i < catchers.Count; i++)
        {
            if (failure.Matches(catchers[i].ErrorEquals))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The seconds before the next attempt, before jitter.</summary>
    /// <param name="retrier">The retrier.</param>
    /// <param name="attempts">How often it was used before, from 0.</param>
    public static double Delay(CompiledRetrier retrier, int attempts) =>
        Math.Min(retrier.IntervalSeconds * Math.Pow(retrier.BackoffRate, attempts), retrier.MaxDelaySeconds ?? LongestSeconds);

    /// <summary>What a catcher is given: <c>Error</c> and <c>Cause</c>.</summary>
    public static JsonObject ErrorOutput(Failure failure) =>
        JsonObject.Create(("Error", failure.Error ?? string.Empty), ("Cause", failure.Cause ?? string.Empty));
}
