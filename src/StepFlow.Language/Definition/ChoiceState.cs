namespace StepFlow.Language.Definition;

/// <summary>A Choice state as written (Amazon States Language, "Choice State").</summary>
public sealed record ChoiceState : State
{
    public required IReadOnlyList<ChoiceRule> Choices { get; init; }

    public string? Default { get; init; }
}
