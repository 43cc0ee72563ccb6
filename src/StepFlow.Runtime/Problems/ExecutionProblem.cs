namespace StepFlow.Runtime.Problems;

/// <summary>Why an execution that runs does not go on, or a part of it. Not its failure: it goes on by itself when the reason is gone.</summary>
public sealed record ExecutionProblem
{
    /// <summary>The execution.</summary>
    public required string ExecutionArn { get; init; }

    /// <summary>What does not go on.</summary>
    public required ExecutionProblemKind Kind { get; init; }

    /// <summary>The id of the task or Map Run; null where the execution itself does not go on.</summary>
    public string? CommandId { get; init; }

    /// <summary>The state whose task or Map Run it is; null where the execution itself does not go on.</summary>
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
