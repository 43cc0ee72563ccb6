namespace StepFlow.Language.Choices;

/// <summary>The type that a comparison operator compares.</summary>
public enum OperandKind
{
    /// <summary>Any value.</summary>
    Any,

    /// <summary>Null.</summary>
    Null,

    /// <summary>A string, by its UTF-16 code units.</summary>
    String,

    /// <summary>A number.</summary>
    Numeric,

    /// <summary>A boolean.</summary>
    Boolean,

    /// <summary>A string that is a timestamp, by the instant.</summary>
    Timestamp,
}
