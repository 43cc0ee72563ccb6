namespace StepFlow.Language.Jsonata.Syntax;

/// <summary>One token. <paramref name="Text"/> is the operator, the name without decoration, or the pattern.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    /// <summary>The value of a string, number or constant.</summary>
    public JsonValue? Literal { get; init; }

    /// <summary>The flags of a regular expression.</summary>
    public string Flags { get; init; } = string.Empty;

    public bool Is(string symbol) => Kind == TokenKind.Operator && Text == symbol;
}
