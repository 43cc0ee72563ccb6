namespace StepFlow.Language.Definition;

/// <summary>What stands in <c>States</c> but is none of the eight types. A diagnostic says why; it never compiles.</summary>
public sealed record UnreadableState : State;
