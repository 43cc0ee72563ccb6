namespace StepFlow.Language.Definition;

/// <summary>A member of <c>States</c> that has none of the eight types. A diagnostic explains why. It cannot be compiled.</summary>
public sealed class UnreadableState(string name, FieldReader reader, QueryLanguage machineLanguage) : State(name, reader, machineLanguage);
