namespace StepFlow.Execution;

/// <summary>The result of a single state.</summary>
public sealed record SingleStateResult
{
    /// <summary>What became of it.</summary>
    public required SingleStateStatus Status { get; init; }

    /// <summary>Its output, or the output of the catcher; null if there is none.</summary>
    public JsonValue? Output { get; init; }

    /// <summary>The error name; null where there is none.</summary>
    public string? Error { get; init; }

    /// <summary>The cause, without the name of the state; null if there is none.</summary>
    public string? Cause { get; init; }

    /// <summary>The state that is next; null where it ends its graph, or failed.</summary>
    public string? NextState { get; init; }

    /// <summary>The variables of the state's scope, after its Assign.</summary>
    public JsonObject Variables { get; init; } = JsonObject.Empty;

    /// <summary>The index of the retrier that decided, also where its attempts are used up; null for none.</summary>
    public int? RetryIndex { get; init; }

    /// <summary>The seconds before the next attempt, before jitter; null if there is no retry.</summary>
    public double? BackoffSeconds { get; init; }

    /// <summary>The index of the catcher that took the failure; null for none.</summary>
    public int? CatchIndex { get; init; }
}
