namespace StepFlow.Language.Definition;

/// <summary>A Map state as written (Amazon States Language, "Map State").</summary>
public sealed record MapState : State
{
    /// <summary><c>ItemProcessor</c>, or the legacy <c>Iterator</c>; null where neither is there.</summary>
    public StateGraphDefinition? Processor { get; init; }

    /// <summary><c>ItemsPath</c>.</summary>
    public string? ItemsPath { get; init; }

    /// <summary><c>Items</c>: an array, or a JSONata expression.</summary>
    public JsonValue? Items { get; init; }

    /// <summary><c>ItemSelector</c>: a template. The legacy form is <see cref="State.Parameters"/>.</summary>
    public JsonValue? ItemSelector { get; init; }

    /// <summary><c>MaxConcurrency</c>: an integer from 0, or a JSONata expression.</summary>
    public JsonValue? MaxConcurrency { get; init; }

    /// <summary><c>MaxConcurrencyPath</c>.</summary>
    public string? MaxConcurrencyPath { get; init; }

    /// <summary><c>ToleratedFailureCount</c>: an integer from 0, or a JSONata expression.</summary>
    public JsonValue? ToleratedFailureCount { get; init; }

    /// <summary><c>ToleratedFailureCountPath</c>.</summary>
    public string? ToleratedFailureCountPath { get; init; }

    /// <summary><c>ToleratedFailurePercentage</c>: 0 to 100, or a JSONata expression.</summary>
    public JsonValue? ToleratedFailurePercentage { get; init; }

    /// <summary><c>ToleratedFailurePercentagePath</c>.</summary>
    public string? ToleratedFailurePercentagePath { get; init; }

    /// <summary><c>ItemReader</c>.</summary>
    public ItemReader? ItemReader { get; init; }

    /// <summary><c>ItemBatcher</c>.</summary>
    public ItemBatcher? ItemBatcher { get; init; }

    /// <summary><c>ResultWriter</c>.</summary>
    public ResultWriter? ResultWriter { get; init; }

    /// <summary><c>Label</c>.</summary>
    public string? Label { get; init; }

    /// <summary><c>Retry</c>.</summary>
    public IReadOnlyList<Retrier> Retry { get; init; } = [];

    /// <summary><c>Catch</c>.</summary>
    public IReadOnlyList<Catcher> Catch { get; init; } = [];

    /// <summary>Whether each item is an execution of its own.</summary>
    public bool IsDistributed => Processor?.ProcessorConfig is { IsDistributed: true };
}
