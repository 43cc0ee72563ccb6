namespace StepFlow.Language.Compilation;

/// <summary>One retrier (Amazon States Language, "Retrying after error").</summary>
public sealed record CompiledRetrier
{
    /// <summary>The error names it applies to.</summary>
    public required IReadOnlyList<string> ErrorEquals { get; init; }

    /// <summary>Seconds before the first retry, from 1. Default 1.</summary>
    public double IntervalSeconds { get; init; } = 1;

    /// <summary>How often to retry, from 0 (never). Default 3.</summary>
    public long MaxAttempts { get; init; } = 3;

    /// <summary>By how much each interval grows, from 1.0. Default 2.0.</summary>
    public double BackoffRate { get; init; } = 2.0;

    /// <summary>The longest interval, in seconds; null for none.</summary>
    public double? MaxDelaySeconds { get; init; }

    /// <summary>Whether the interval is drawn at random between 0 and the computed one (<c>JitterStrategy: FULL</c>).</summary>
    public bool FullJitter { get; init; }
}
