namespace StepFlow.Integrations.Tables.Expressions;

/// <summary>Splits an expression into words (DynamoDB developer guide, "Using expressions").</summary>
internal static class Tokenizer
{
    private static readonly string[] Symbols = ["<>", "<=", ">=", "=", "<", ">", "(", ")", ",", ".", "[", "]", "+", "-"];

    public static List<Token> Split(string expression)
    {
        List<Token> tokens = [];
        int at = 0;
        while (at < expression.Length)
        {
            if (char.IsWhiteSpace(expression[at]))
            {
                at++;
                continue;
            }

            Token token = Next(expression, at);
            tokens.Add(token);
            at += token.Text.Length;
        }

        tokens.Add(new(TokenKind.End, string.Empty, expression.Length));
        return tokens;
    }

    private static Token Next(string text, int start)
    {
        char first = text[start];
        if (first is '#' or ':')
        {
            int end = EndOfName(text, start + 1);
            return new(first == '#' ? TokenKind.NamePlaceholder : TokenKind.ValuePlaceholder, text[start..end], start);
        }

        if (char.IsAsciiLetter(first) || first == '_')
        {
            return new(TokenKind.Name, text[start..EndOfName(text, start)], start);
        }

        if (char.IsAsciiDigit(first))
        {
            int end = start;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            return new(TokenKind.Number, text[start..end], start);
        }

        string? symbol = Array.Find(Symbols, candidate => string.CompareOrdinal(text, start, candidate, 0, candidate.Length) == 0);
        return symbol is null ? new(TokenKind.Unknown, first.ToString(), start) : new(TokenKind.Symbol, symbol, start);
    }

    private static int EndOfName(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
        {
            at++;
        }

        return at;
    }
}
