namespace StepFlow.Language.Definition;

/// <summary>A Parallel state as written (Amazon States Language, "Parallel State").</summary>
public sealed class ParallelState(string name, FieldReader reader, QueryLanguage machineLanguage) : RetryableState(name, reader, machineLanguage)
{
    public IReadOnlyList<StateGraphDefinition> Branches { get; } = [.. reader.Nodes("Branches").Select(branch => GraphParser.Parse(branch, machineLanguage)).OfType<StateGraphDefinition>()];
}
