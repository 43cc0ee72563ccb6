namespace StepFlow.Integrations.Tables.Expressions;

/// <summary>Splits an expression into words (DynamoDB developer guide, "Using expressions").</summary>
internal static class ExpressionTokenizer
{
    private static readonly string[] Symbols = ["<>", "<=", ">=", "=", "<", ">", "(", ")", ",", ".", "[", "]", "+", "-"];

    public static List<ExpressionToken> Split(string expression)
    {
        List<ExpressionToken> tokens = [];
        int at = 0;
        while (at < expression.Length)
        {
            if (char.IsWhiteSpace(expression[at]))
            {
                at++;
                continue;
            }

            ExpressionToken token = Next(expression, at);
            tokens.Add(token);
            at += token.Text.Length;
        }

        tokens.Add(new(ExpressionTokenKind.End, string.Empty, expression.Length));
        return tokens;
    }

    private static ExpressionToken Next(string text, int start)
    {
        char first = text[start];
        if (first is '#' or ':')
        {
            int end = EndOfName(text, start + 1);
            return new(first == '#' ? ExpressionTokenKind.NamePlaceholder : ExpressionTokenKind.ValuePlaceholder, text[start..end], start);
        }

        if (char.IsAsciiLetter(first) || first == '_')
        {
            return new(ExpressionTokenKind.Name, text[start..EndOfName(text, start)], start);
        }

        if (char.IsAsciiDigit(first))
        {
            int end = start;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            return new(ExpressionTokenKind.Number, text[start..end], start);
        }

        string? symbol = Array.Find(Symbols, candidate => string.CompareOrdinal(text, start, candidate, 0, candidate.Length) == 0);
        return symbol is null ? new(ExpressionTokenKind.Unknown, first.ToString(), start) : new(ExpressionTokenKind.Symbol, symbol, start);
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
