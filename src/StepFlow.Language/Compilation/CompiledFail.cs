namespace StepFlow.Language.Compilation;

/// <summary>A Fail state (Amazon States Language, "Fail State").</summary>
public sealed class CompiledFail() : CompiledState(StateKind.Fail)
{
    /// <summary><c>Error</c>, <c>ErrorPath</c>; null where neither is given.</summary>
    public Field<string>? Error { get; init; }

    /// <summary><c>Cause</c>, <c>CausePath</c>; null where neither is given.</summary>
    public Field<string>? Cause { get; init; }
}
