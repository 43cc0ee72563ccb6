namespace StepFlow.Execution.Interpretation;

/// <summary>What happens after a step.</summary>
internal enum StepKind
{
    /// <summary>The frame stays in its state.</summary>
    Wait,

    /// <summary>The state is left for another one.</summary>
    Next,

    /// <summary>The state is left, and its machine, branch or iteration has reached its end.</summary>
    End,

    /// <summary>The state has failed.</summary>
    Fail,
}
