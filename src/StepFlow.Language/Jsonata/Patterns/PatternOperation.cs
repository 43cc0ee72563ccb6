namespace StepFlow.Language.Jsonata.Patterns;

/// <summary>The operations of a compiled pattern.</summary>
internal enum PatternOperation
{
    /// <summary>Takes a character of a set.</summary>
    Set,

    /// <summary>Takes as many characters of a set as it can (First to Second times), giving back one at a time.</summary>
    SetLoop,

    /// <summary>Continues at First; where that fails, at Second.</summary>
    Split,

    /// <summary>Continues at First.</summary>
    Jump,

    /// <summary>Writes the position to register First.</summary>
    Save,

    /// <summary>Fails where the position has not moved since register First was written.</summary>
    Progress,

    /// <summary>Clears the registers from First up to Second.</summary>
    Clear,

    Start,
    End,
    LineStart,
    LineEnd,
    WordBoundary,
    NoWordBoundary,

    /// <summary>Takes what group First holds.</summary>
    BackReference,

    /// <summary>Looks around with the following operations, and continues at First.</summary>
    Look,
    NegativeLook,
    Accept,
}
