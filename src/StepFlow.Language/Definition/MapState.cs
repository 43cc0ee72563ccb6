namespace StepFlow.Language.Definition;

/// <summary>A Map state as written (Amazon States Language, "Map State").</summary>
public sealed record MapState : RetryableState
{
    /// <summary><c>ItemProcessor</c>, or the legacy <c>Iterator</c>; null where neither is there.</summary>
    public StateGraphDefinition? Processor { get; init; }

    public string? ItemsPath { get; init; }

    /// <summary><c>Items</c>: an array, or a JSONata expression.</summary>
    public JsonValue? Items { get; init; }

    /// <summary><c>ItemSelector</c>: a template. The legacy form is <see cref="State.Parameters"/>.</summary>
    public JsonValue? ItemSelector { get; init; }

    /// <summary><c>MaxConcurrency</c>: an integer from 0, or a JSONata expression.</summary>
    public JsonValue? MaxConcurrency { get; init; }

    public string? MaxConcurrencyPath { get; init; }

    /// <summary><c>ToleratedFailureCount</c>: an integer from 0, or a JSONata expression.</summary>
    public JsonValue? ToleratedFailureCount { get; init; }

    public string? ToleratedFailureCountPath { get; init; }

    /// <summary><c>ToleratedFailurePercentage</c>: 0 to 100, or a JSONata expression.</summary>
    public JsonValue? ToleratedFailurePercentage { get; init; }

    public string? ToleratedFailurePercentagePath { get; init; }

    public ItemReader? ItemReader { get; init; }

    public ItemBatcher? ItemBatcher { get; init; }

    public ResultWriter? ResultWriter { get; init; }

    public string? Label { get; init; }

    /// <summary>Whether each item is a child execution.</summary>
    public bool IsDistributed => Processor?.ProcessorConfig is { IsDistributed: true };
}
