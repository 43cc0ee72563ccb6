namespace StepFlow.Language.Catalogue;

/// <summary>An action of an optimised integration: how a Task may wait for it, and which parameters it takes.</summary>
public sealed record IntegrationAction
{
    /// <summary>Service and action as a Resource names them: <c>lambda:invoke</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How a Task may wait.</summary>
    public required IReadOnlyList<TaskPattern> Patterns { get; init; }

    /// <summary>The parameters that it cannot do without.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>The other parameters; null where they are not all known, so that none is refused.</summary>
    public IReadOnlyList<string>? Optional { get; init; }

    /// <summary>The parameters that must be objects of lists of texts (headers). A task with another value does not start.</summary>
    public IReadOnlyList<string> TextLists { get; init; } = [];

    /// <summary>Whether it takes a parameter of this name.</summary>
    public bool Takes(string parameter) => Optional is null || Optional.Contains(parameter) || Required.Contains(parameter);
}
