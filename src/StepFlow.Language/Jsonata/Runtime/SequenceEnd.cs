namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>How a node changes its resulting sequence.</summary>
internal enum SequenceEnd
{
    /// <summary>None becomes undefined, one becomes itself.</summary>
    Unwrap,

    /// <summary>None becomes undefined, one stays an array (<c>[]</c> in the expression).</summary>
    Keep,

    /// <summary>Not at all, because a predicate or a group-by clause follows.</summary>
    Raw,
}
