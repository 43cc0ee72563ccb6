namespace StepFlow.Language.JsonPath;

/// <summary>How a path failed. Which of the two decides what is said of it.</summary>
internal enum PathFault
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>It leads to nothing.</summary>
    NotFound,

    /// <summary>It cannot be applied to the document, or looks at too much of it.</summary>
    Invalid,
}
