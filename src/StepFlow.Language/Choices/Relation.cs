namespace StepFlow.Language.Choices;

/// <summary>How a comparison relates its two values.</summary>
public enum Relation
{
    /// <summary><c>…Equals</c>.</summary>
    Equal,

    /// <summary><c>…LessThan</c>.</summary>
    Less,

    /// <summary><c>…LessThanEquals</c>.</summary>
    LessOrEqual,

    /// <summary><c>…GreaterThan</c>.</summary>
    Greater,

    /// <summary><c>…GreaterThanEquals</c>.</summary>
    GreaterOrEqual,

    /// <summary><c>StringMatches</c>: the text matches a pattern in which <c>*</c> stands for any characters.</summary>
    Matches,

    /// <summary><c>IsNull</c>, <c>IsString</c>, …: the value has a type.</summary>
    IsKind,

    /// <summary><c>IsPresent</c>: the path selects a value.</summary>
    IsPresent,
}
