namespace StepFlow.Local.Templates;

/// <summary>What a template of infrastructure says about state machines.</summary>
internal sealed record Template
{
    /// <summary>What the template is, in words.</summary>
    public required string Kind { get; init; }

    /// <summary>Its state machines.</summary>
    public required IReadOnlyList<TemplateMachine> Machines { get; init; }

    /// <summary>What starts them.</summary>
    public IReadOnlyList<TemplateTrigger> Triggers { get; init; } = [];

    /// <summary>Settings for <c>Functions</c>, by the function's name: those whose code is beside the template.</summary>
    public IReadOnlyDictionary<string, JsonObject> Functions { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>Settings for <c>Tables</c>, by the table's name.</summary>
    public IReadOnlyDictionary<string, JsonObject> Tables { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>What the template leaves open, each in a sentence.</summary>
    public IReadOnlyList<string> Decisions { get; init; } = [];
}
