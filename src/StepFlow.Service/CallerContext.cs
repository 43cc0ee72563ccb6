namespace StepFlow.Service;

/// <summary>Who calls an operation.</summary>
public sealed record CallerContext
{
    /// <summary>A call of the service to itself, and of code in the same process.</summary>
    public static readonly CallerContext Internal = new();

    /// <summary>The access key that signed the request; null for a call that needed none.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>The execution whose task calls; null for none.</summary>
    public string? ParentExecutionArn { get; init; }

    /// <summary>
    /// Whether executions of a Map Run are shown with the index of their item, which the Step Functions API does not tell.
    /// REST does; AWS clients see what AWS shows.
    /// </summary>
    public bool SeesItemIndex { get; init; }

    /// <summary>The idempotency key of the task that calls; null for none.</summary>
    public string? ParentTask { get; init; }
}
