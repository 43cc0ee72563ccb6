namespace StepFlow.Language.Definition;

/// <summary>A Choice state as written (Amazon States Language, "Choice State").</summary>
public sealed record ChoiceState : State
{
    /// <summary><c>Choices</c>.</summary>
    public required IReadOnlyList<ChoiceRule> Choices { get; init; }

    /// <summary><c>Default</c>.</summary>
    public string? Default { get; init; }
}
