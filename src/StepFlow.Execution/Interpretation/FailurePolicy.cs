namespace StepFlow.Execution.Interpretation;

/// <summary>Which retrier or catcher of a state applies to a failure (Amazon States Language, "Errors").</summary>
internal static class FailurePolicy
{
    /// <summary>The longest time of a task or a pause, in seconds.</summary>
    public const double LongestSeconds = 99_999_999;

    /// <summary>The retrier that decides: the first that matches the failure, even if its attempts are used up. Null for none.</summary>
    public static RetryChoice? FindRetry(Frame frame, Failure failure)
    {
        if (frame.State is CompiledRetryableState state)
        {
            for (int i = 0; i < state.Retry.Count; i++)
            {
                if (failure.Matches(state.Retry[i].ErrorEquals))
                {
                    return new(i, state.Retry[i], frame.RetrierCounts?[i] ?? 0);
                }
            }
        }

        return null;
    }

    /// <summary>The first catcher that names the failure, with its index; null for none.</summary>
    public static (int Index, CompiledCatcher Catcher)? FindCatch(Frame frame, Failure failure)
    {
        if (frame.State is CompiledRetryableState state)
        {
            for (int i = 0; i < state.Catch.Count; i++)
            {
                if (failure.Matches(state.Catch[i].ErrorEquals))
                {
                    return (i, state.Catch[i]);
                }
            }
        }

        return null;
    }

    /// <summary>
    /// The error output that a catcher receives: <c>Error</c> and <c>Cause</c>. A missing one is an empty text. It is null if
    /// a task reported its failure without an error name (SendTaskFailure), as recorded from AWS.
    /// </summary>
    public static JsonObject ErrorOutput(Failure failure)
    {
        JsonValue missing = failure is { Error: null, IsFromTask: true } ? JsonValue.Null : string.Empty;
        return JsonObject.Create(("Error", Text(failure.Error)), ("Cause", Text(failure.Cause)));

        JsonValue Text(string? text) => text is null ? missing : text;
    }
}
