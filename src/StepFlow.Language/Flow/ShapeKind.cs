namespace StepFlow.Language.Flow;

/// <summary>The kinds of values that the analysis distinguishes.</summary>
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
