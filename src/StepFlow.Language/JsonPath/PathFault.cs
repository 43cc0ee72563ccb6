namespace StepFlow.Language.JsonPath;

/// <summary>The kind of a path's failure. The message depends on it.</summary>
internal enum PathFault
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>It leads to nothing.</summary>
    NotFound,

    /// <summary>The path cannot be applied to the document, or visits too many values.</summary>
    Invalid,
}
