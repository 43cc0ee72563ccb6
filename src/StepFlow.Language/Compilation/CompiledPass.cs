namespace StepFlow.Language.Compilation;

/// <summary>A Pass state (Amazon States Language, "Pass State").</summary>
public sealed class CompiledPass() : CompiledState(StateKind.Pass)
{
    /// <summary>The literal <c>Result</c>; null where the arguments pass through.</summary>
    public JsonValue? Result { get; init; }
}
