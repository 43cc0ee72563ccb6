namespace StepFlow.Runtime.Ports;

/// <summary>Which executions to list. Filters that are null do not filter.</summary>
public sealed record ExecutionQuery
{
    /// <summary>Of this state machine.</summary>
    public string? StateMachineArn { get; init; }

    /// <summary>Started through this version or alias.</summary>
    public string? QualifiedArn { get; init; }

    /// <summary>Children of this Map Run.</summary>
    public string? MapRunArn { get; init; }

    /// <summary>In this status.</summary>
    public ExecutionStatus? Status { get; init; }

    /// <summary>Whether they were redriven.</summary>
    public bool? Redriven { get; init; }

    /// <summary>The maximum number to show.</summary>
    public int Count { get; init; } = 100;

    /// <summary>Where the page before ended; null for the first page.</summary>
    public string? After { get; init; }
}

/// <summary>A page of a list.</summary>
/// <param name="Next">Where the next page starts; null where this is the last. Survives a restart.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
