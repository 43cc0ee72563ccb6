namespace StepFlow.Language.Jsonata.Syntax;

internal enum TokenKind
{
    End,
    Operator,
    Name,
    Variable,
    String,
    Number,

    /// <summary>true, false or null.</summary>
    Value,
    Regex,
}
