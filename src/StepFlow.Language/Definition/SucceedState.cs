namespace StepFlow.Language.Definition;

/// <summary>A Succeed state as written (Amazon States Language, "Succeed State").</summary>
public sealed record SucceedState : State;
