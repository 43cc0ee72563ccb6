namespace StepFlow.Runtime.Problems;

/// <summary>Why a running execution, or a part of it, cannot continue now. It is not a failure of the execution, which continues automatically when the reason no longer exists.</summary>
public sealed record ExecutionProblem
{
    public required string ExecutionArn { get; init; }

    public required ExecutionProblemKind Kind { get; init; }

    /// <summary>The id of the task or Map Run. Null if the execution itself cannot continue.</summary>
    public string? CommandId { get; init; }

    /// <summary>The state of the task or Map Run. Null if the execution itself cannot continue.</summary>
    public string? StateName { get; init; }

    /// <summary>The reason of the last failed attempt, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>How many attempts in a row failed, from 1; 0 where nothing was tried.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>When the first of them failed; null where it is not known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it is tried again by itself; null where it is not, or not known.</summary>
    public DateTimeOffset? NextAttempt { get; init; }
}
