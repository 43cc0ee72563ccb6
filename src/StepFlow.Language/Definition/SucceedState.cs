namespace StepFlow.Language.Definition;

/// <summary>A Succeed state as written (Amazon States Language, "Succeed State").</summary>
public sealed class SucceedState(string name, FieldReader reader, QueryLanguage machineLanguage) : State(name, reader, machineLanguage);
