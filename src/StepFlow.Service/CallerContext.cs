namespace StepFlow.Service;

/// <summary>Who calls an operation.</summary>
public sealed record CallerContext
{
    /// <summary>A call of the service to itself, and of code in the same process.</summary>
    public static readonly CallerContext Internal = new();

    /// <summary>The access key that signed the request, or the signed-in caller; null if neither was needed.</summary>
    public string? Name { get; init; }

    /// <summary>The execution whose task calls; null for none.</summary>
    public string? ParentExecutionArn { get; init; }

    /// <summary>
    /// Whether the request uses REST, which has more than the Step Functions API: the index of a Map Run's
    /// item, who started an execution, why it cannot continue, and operations of its own. AWS clients see what AWS shows.
    /// </summary>
    public bool IsRest { get; init; }

    /// <summary>The idempotency key of the task that calls; null for none.</summary>
    public string? ParentTask { get; init; }
}
