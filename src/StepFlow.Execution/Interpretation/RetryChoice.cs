namespace StepFlow.Execution.Interpretation;

/// <summary>The retrier that decides about a failure.</summary>
/// <param name="Index">Its index in the state.</param>
/// <param name="Count">How often it was used before in this visit of the state.</param>
internal readonly record struct RetryChoice(int Index, CompiledRetrier Retrier, int Count)
{
    /// <summary>Whether it has an attempt left.</summary>
    public bool IsLeft => Count < Retrier.MaxAttempts;

    /// <summary>The seconds before the next attempt, before jitter.</summary>
    public double Delay =>
        Math.Min(Retrier.IntervalSeconds * Math.Pow(Retrier.BackoffRate, Count), Retrier.MaxDelaySeconds ?? FailurePolicy.LongestSeconds);
}
