namespace StepFlow.Language.Jsonata.Asl;

/// <summary>Under which name Output and Assign see what a state produced.</summary>
public enum JsonataResultKind
{
    /// <summary>Not at all: the state has no result of its own.</summary>
    None,

    /// <summary><c>$states.result</c>.</summary>
    Result,

    /// <summary><c>$states.errorOutput</c>.</summary>
    ErrorOutput,
}
