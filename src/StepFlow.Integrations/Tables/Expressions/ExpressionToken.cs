namespace StepFlow.Integrations.Tables.Expressions;

/// <summary>A word of an expression.</summary>
/// <param name="Kind">Its sort.</param>
internal readonly record struct ExpressionToken(ExpressionTokenKind Kind, string Text, int Start)
{
    /// <summary>Whether it is this word; keywords are not case-sensitive.</summary>
    public bool Is(string text) => Kind is ExpressionTokenKind.Name or ExpressionTokenKind.Symbol && string.Equals(Text, text, StringComparison.OrdinalIgnoreCase);
}

internal enum ExpressionTokenKind
{
    /// <summary>The end of the expression.</summary>
    End,

    /// <summary>A name or keyword.</summary>
    Name,

    /// <summary>A placeholder of a name: <c>#n</c>.</summary>
    NamePlaceholder,

    /// <summary>A placeholder of a value: <c>:v</c>.</summary>
    ValuePlaceholder,

    /// <summary>An index.</summary>
    Number,

    /// <summary>An operator or bracket.</summary>
    Symbol,

    /// <summary>A character that belongs to none.</summary>
    Unknown,
}
