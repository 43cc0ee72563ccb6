namespace StepFlow.Language.Jsonata.Asl;

/// <summary>The name under which Output and Assign read the result of a state.</summary>
public enum JsonataResultKind
{
    /// <summary>The state has no result of its own.</summary>
    None,

    /// <summary><c>$states.result</c>.</summary>
    Result,

    /// <summary><c>$states.errorOutput</c>.</summary>
    ErrorOutput,
}
