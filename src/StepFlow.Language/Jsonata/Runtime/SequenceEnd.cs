namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>What a node does to the sequence it ends with.</summary>
internal enum SequenceEnd
{
    /// <summary>None becomes undefined, one becomes itself.</summary>
    Unwrap,

    /// <summary>None becomes undefined, one stays an array (<c>[]</c> in the expression).</summary>
    Keep,

    /// <summary>Left as it is: a predicate or a group-by looks at it next.</summary>
    Raw,
}
