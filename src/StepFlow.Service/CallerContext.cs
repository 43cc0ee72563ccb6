namespace StepFlow.Service;

/// <summary>Who calls an operation.</summary>
public sealed record CallerContext
{
    /// <summary>A call of the service to itself, and of code in the same process.</summary>
    public static readonly CallerContext Internal = new();

    /// <summary>The access key that signed the request, or who signed in; null for a call that needed neither.</summary>
    public string? Name { get; init; }

    /// <summary>The execution whose task calls; null for none.</summary>
    public string? ParentExecutionArn { get; init; }

    /// <summary>
    /// Whether it calls by REST, which shows and does what the Step Functions API does not have: the index of a Map Run's
    /// item, who started an execution, why one does not go on, operations of its own. AWS clients see what AWS shows.
    /// </summary>
    public bool IsRest { get; init; }

    /// <summary>The idempotency key of the task that calls; null for none.</summary>
    public string? ParentTask { get; init; }
}
