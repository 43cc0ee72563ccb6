namespace StepFlow.Local.Debugging;

/// <summary>Where a run stops next, besides at its breakpoints.</summary>
internal enum StepMode
{
    /// <summary>Nowhere.</summary>
    Continue,

    /// <summary>Before whichever state comes next, also inside a Parallel or Map.</summary>
    Step,

    /// <summary>Before the next state that is not inside the current one.</summary>
    Next,
}
