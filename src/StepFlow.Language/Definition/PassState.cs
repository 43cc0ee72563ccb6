namespace StepFlow.Language.Definition;

/// <summary>A Pass state as written (Amazon States Language, "Pass State").</summary>
public sealed record PassState : State
{
    /// <summary><c>Result</c>: the literal result.</summary>
    public JsonValue? Result { get; init; }
}
