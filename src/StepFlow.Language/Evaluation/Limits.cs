namespace StepFlow.Language.Evaluation;

/// <summary>The quotas that are enforced on definitions and executions. A limit of null is not enforced.</summary>
public sealed record Limits
{
    /// <summary>
    /// The maximum size of a value that a state makes, in bytes of its UTF-8 text: 64 MiB. It protects the host and always applies,
    /// with and without quotas.
    /// </summary>
    public const int MaxValueBytes = 64 * 1024 * 1024;

    /// <summary>The quotas of Step Functions, for teams who also run on AWS ("Service quotas" in its developer guide).</summary>
    public static readonly Limits Aws = new()
    {
        PayloadBytes = 256 * 1024,
        HistoryEvents = 25_000,
        ExecutionDuration = TimeSpan.FromDays(365),
        ExpressDuration = TimeSpan.FromMinutes(5),
        DefinitionBytes = 1024 * 1024,
        VariableBytes = 256 * 1024,
        AssignBytes = 256 * 1024,
        ExecutionVariableBytes = 10 * 1024 * 1024,
        InlineMapConcurrency = 40,
        DistributedMapConcurrency = 10_000,
        IntrinsicCharacters = 10_000,
        ArrayRangeItems = 1_000,
    };

    /// <summary>No quotas: the default. A large payload is stored once and referenced.</summary>
    public static readonly Limits None = new();

    /// <summary>Largest input, output or result, in bytes of UTF-8.</summary>
    public int? PayloadBytes { get; init; }

    /// <summary>Most events in the history of a Standard execution.</summary>
    public int? HistoryEvents { get; init; }

    /// <summary>Longest duration of a Standard execution.</summary>
    public TimeSpan? ExecutionDuration { get; init; }

    /// <summary>Longest duration of an Express execution.</summary>
    public TimeSpan? ExpressDuration { get; init; }

    /// <summary>Largest definition, in bytes of UTF-8.</summary>
    public int? DefinitionBytes { get; init; }

    /// <summary>The maximum size of the value of one variable, in bytes.</summary>
    public int? VariableBytes { get; init; }

    /// <summary>The maximum size of all values of one Assign, in bytes.</summary>
    public int? AssignBytes { get; init; }

    /// <summary>Largest total of all variables of an execution, in bytes.</summary>
    public int? ExecutionVariableBytes { get; init; }

    /// <summary>Most concurrent iterations of an inline Map.</summary>
    public int? InlineMapConcurrency { get; init; }

    /// <summary>Most concurrent child executions of a distributed Map.</summary>
    public int? DistributedMapConcurrency { get; init; }

    /// <summary>Longest text that <c>States.Base64Encode</c>, <c>States.Base64Decode</c> and <c>States.Hash</c> take, in characters.</summary>
    public int? IntrinsicCharacters { get; init; }

    /// <summary>The maximum number of items of <c>States.ArrayRange</c>.</summary>
    public int? ArrayRangeItems { get; init; }
}
