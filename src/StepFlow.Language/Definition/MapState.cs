namespace StepFlow.Language.Definition;

/// <summary>A Map state as written (Amazon States Language, "Map State").</summary>
public sealed class MapState(string name, FieldReader reader, QueryLanguage machineLanguage) : RetryableState(name, reader, machineLanguage)
{
    /// <summary><c>ItemProcessor</c>, or the legacy <c>Iterator</c>; null where neither is there.</summary>
    public StateGraphDefinition? Processor { get; } = (reader.Node("ItemProcessor") ?? reader.Node("Iterator")) is { } processor ? GraphParser.Parse(processor, machineLanguage) : null;

    public string? ItemsPath { get; } = reader.Text("ItemsPath");

    /// <summary><c>Items</c>: an array, or a JSONata expression.</summary>
    public JsonValue? Items { get; } = reader.Any("Items");

    /// <summary><c>ItemSelector</c>: a template. The legacy form is <see cref="State.Parameters"/>.</summary>
    public JsonValue? ItemSelector { get; } = reader.Any("ItemSelector");

    /// <summary><c>MaxConcurrency</c>: an integer from 0, or a JSONata expression.</summary>
    public JsonValue? MaxConcurrency { get; } = reader.Any("MaxConcurrency");

    public string? MaxConcurrencyPath { get; } = reader.Text("MaxConcurrencyPath");

    /// <summary><c>ToleratedFailureCount</c>: an integer from 0, or a JSONata expression.</summary>
    public JsonValue? ToleratedFailureCount { get; } = reader.Any("ToleratedFailureCount");

    public string? ToleratedFailureCountPath { get; } = reader.Text("ToleratedFailureCountPath");

    /// <summary><c>ToleratedFailurePercentage</c>: 0 to 100, or a JSONata expression.</summary>
    public JsonValue? ToleratedFailurePercentage { get; } = reader.Any("ToleratedFailurePercentage");

    public string? ToleratedFailurePercentagePath { get; } = reader.Text("ToleratedFailurePercentagePath");

    public ItemReader? ItemReader { get; } = reader.Node("ItemReader") is { } items ? new(items) : null;

    public ItemBatcher? ItemBatcher { get; } = reader.Node("ItemBatcher") is { } batcher ? new(batcher) : null;

    public ResultWriter? ResultWriter { get; } = reader.Node("ResultWriter") is { } writer ? new(writer) : null;

    public string? Label { get; } = reader.Text("Label");

    /// <summary>Whether each item is a child execution.</summary>
    public bool IsDistributed => Processor?.ProcessorConfig is { IsDistributed: true };
}
