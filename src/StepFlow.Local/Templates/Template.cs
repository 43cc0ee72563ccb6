namespace StepFlow.Local.Templates;

/// <summary>The state machines of an infrastructure template.</summary>
internal sealed record Template
{
    /// <summary>The kind of template, for messages.</summary>
    public required string Kind { get; init; }

    public required IReadOnlyList<TemplateMachine> Machines { get; init; }

    /// <summary>What starts them.</summary>
    public IReadOnlyList<TemplateTrigger> Triggers { get; init; } = [];

    /// <summary>Settings for <c>Functions</c>, by the function's name: those whose code is beside the template.</summary>
    public IReadOnlyDictionary<string, JsonObject> Functions { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>Settings for <c>Tables</c>, by the table's name.</summary>
    public IReadOnlyDictionary<string, JsonObject> Tables { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>The decisions that the template does not make, each as a sentence.</summary>
    public IReadOnlyList<string> Decisions { get; init; } = [];
}
