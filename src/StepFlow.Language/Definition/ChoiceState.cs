namespace StepFlow.Language.Definition;

/// <summary>A Choice state as written (Amazon States Language, "Choice State").</summary>
public sealed class ChoiceState(string name, FieldReader reader, QueryLanguage machineLanguage) : State(name, reader, machineLanguage)
{
    public IReadOnlyList<ChoiceRule> Choices { get; } = [.. reader.Nodes("Choices").Select(static rule => new ChoiceRule(rule))];

    public string? Default { get; } = reader.Text("Default");
}
