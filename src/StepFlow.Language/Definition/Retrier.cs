namespace StepFlow.Language.Definition;

/// <summary>One retrier as written (Amazon States Language, "Retrying after error").</summary>
public sealed record Retrier : DefinitionNode
{
    public required IReadOnlyList<string> ErrorEquals { get; init; }

    /// <summary><c>IntervalSeconds</c>: from 1; default 1.</summary>
    public JsonNumber? IntervalSeconds { get; init; }

    /// <summary><c>MaxAttempts</c>: from 0; default 3.</summary>
    public JsonNumber? MaxAttempts { get; init; }

    /// <summary><c>BackoffRate</c>: from 1.0; default 2.0.</summary>
    public JsonNumber? BackoffRate { get; init; }

    /// <summary><c>MaxDelaySeconds</c>: more than <see cref="IntervalSeconds"/>; default none.</summary>
    public JsonNumber? MaxDelaySeconds { get; init; }

    /// <summary><c>JitterStrategy</c>: <c>NONE</c>, the default, or <c>FULL</c>.</summary>
    public string? JitterStrategy { get; init; }
}
