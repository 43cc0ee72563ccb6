namespace StepFlow.Language.Validation;

/// <summary>Which parts of <c>$states</c> an expression can see, beside <c>input</c> and <c>context</c>.</summary>
internal enum JsonataScope
{
    /// <summary>No more.</summary>
    Plain,

    /// <summary>Also <c>result</c>: Output and Assign of a Task, Parallel or Map.</summary>
    Result,

    /// <summary>Also <c>errorOutput</c>: Output and Assign of a catcher.</summary>
    Catch,
}
