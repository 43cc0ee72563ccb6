namespace StepFlow.Language.Compilation;

/// <summary>A Succeed state (Amazon States Language, "Succeed State").</summary>
public sealed class CompiledSucceed() : CompiledState(StateKind.Succeed);
