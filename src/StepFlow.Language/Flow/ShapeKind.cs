namespace StepFlow.Language.Flow;

/// <summary>The kinds of values that are told apart before anything runs.</summary>
internal enum ShapeKind
{
    /// <summary>Any kind.</summary>
    Unknown,
    Object,
    Array,
    String,
    Number,
    Boolean,
    Null,
}
