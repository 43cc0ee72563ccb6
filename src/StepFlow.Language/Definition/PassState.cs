namespace StepFlow.Language.Definition;

/// <summary>A Pass state as written (Amazon States Language, "Pass State").</summary>
public sealed class PassState(string name, FieldReader reader, QueryLanguage machineLanguage) : State(name, reader, machineLanguage)
{
    /// <summary><c>Result</c>: the literal result.</summary>
    public JsonValue? Result { get; } = reader.Any("Result");
}
