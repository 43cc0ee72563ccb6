namespace StepFlow.Execution.Interpretation;

/// <summary>Ends a turn that takes longer than its caller may wait. The execution that made the turn is of no use any more.</summary>
internal sealed class TurnDiscardedException : Exception;
