using System.Globalization;
using System.Text.RegularExpressions;

namespace StepFlow.Language.JsonPath;

/// <summary>Reads the predicate of a filter, from behind its <c>?</c> up to the closing bracket.</summary>
internal ref struct FilterParser
{
    private const int MaxDepth = 64;

    /// <summary>A longer operator is before its prefixes.</summary>
    private static readonly (string Text, FilterOperator Operator)[] Operators =
    [
        ("===", FilterOperator.StrictlyEqual),
        ("!==", FilterOperator.StrictlyNotEqual),
        ("==", FilterOperator.Equal),
        ("!=", FilterOperator.NotEqual),
        ("<=", FilterOperator.LessOrEqual),
        (">=", FilterOperator.GreaterOrEqual),
        ("<", FilterOperator.Less),
        (">", FilterOperator.Greater),
        ("nin", FilterOperator.NotIn),
        ("in", FilterOperator.In),
        ("contains", FilterOperator.Contains),
        ("subsetof", FilterOperator.SubsetOf),
        ("all", FilterOperator.All),
        ("anyof", FilterOperator.AnyOf),
        ("noneof", FilterOperator.NoneOf),
        ("size", FilterOperator.Size),
        ("empty", FilterOperator.Empty),
    ];

    private readonly string _text;
    private int _at;
    private int _depth;
    private string? _error;

    private FilterParser(string text, int at, int depth)
    {
        _text = text;
        _at = at;
        _depth = depth;
    }

    public static FilterPredicate? Parse(string text, ref int at, int depth, out string? error)
    {
        var parser = new FilterParser(text, at, depth);
        FilterPredicate? predicate = parser.ReadOr();
        at = parser._at;
        error = parser._error ?? (predicate is null ? PathSyntax.BadFilter : null);
        return error is null ? predicate : null;
    }

    private FilterPredicate? ReadOr()
    {
        FilterPredicate? left = ReadAnd();
        while (left is not null && Take("||"))
        {
            left = ReadAnd() is { } right ? new OrFilter(left, right) : null;
        }

        return left;
    }

    private FilterPredicate? ReadAnd()
    {
        FilterPredicate? left = ReadUnary();
        while (left is not null && Take("&&"))
        {
            left = ReadUnary() is { } right ? new AndFilter(left, right) : null;
        }

        return left;
    }

    private FilterPredicate? ReadUnary()
    {
        if (++_depth > MaxDepth)
        {
            _error = PathSyntax.TooDeep;
            return null;
        }

        FilterPredicate? predicate;
        if (Take("!"))
        {
            predicate = ReadUnary() is { } inner ? new NotFilter(inner) : null;
        }
        else if (Take("("))
        {
            predicate = ReadOr();
            if (predicate is not null && !Take(")"))
            {
                predicate = null;
            }
        }
        else
        {
            predicate = ReadComparison();
        }

        _depth--;
        return predicate;
    }

    private FilterPredicate? ReadComparison()
    {
        if (_at < _text.Length && _text[_at] == '/')
        {
            // Jayway takes the pattern on either side.
            return ReadRegex() is { } pattern && Take("=~") && ReadOperand() is { } subject ? new RegexFilter(subject, pattern) : null;
        }

        if (ReadOperand() is not { } left)
        {
            return null;
        }

        if (Take("=~"))
        {
            SkipBlanks();
            return ReadRegex() is { } regex ? new RegexFilter(left, regex) : null;
        }

        foreach ((string text, FilterOperator comparison) in Operators)
        {
            if (Take(text))
            {
                return ReadOperand() is { } right ? new ComparisonFilter(left, comparison, right) : null;
            }
        }

        return left.IsPath ? new ExistsFilter(left) : null;
    }

    private FilterOperand? ReadOperand()
    {
        SkipBlanks();
        if (_at >= _text.Length)
        {
            return null;
        }

        char c = _text[_at];
        if (c is '@' or '$')
        {
            _at++;
            PathExpression? path = PathParser.ParseInFilter(_text, ref _at, _depth, out _error);
            return path is null ? null : new(path, fromRoot: c == '$');
        }

        return ReadLiteral() is { } literal ? new(literal) : null;
    }

    private JsonValue? ReadLiteral()
    {
        SkipBlanks();
        if (_at >= _text.Length)
        {
            return null;
        }

        char c = _text[_at];
        if (c is '\'' or '"')
        {
            if (PathParser.ReadQuoted(_text, ref _at) is { } text)
            {
                return text;
            }

            _error = PathSyntax.OpenString;
            return null;
        }

        if (c == '[')
        {
            return ReadList();
        }

        return Take("true") ? JsonValue.True : Take("false") ? JsonValue.False : Take("null") ? JsonValue.Null : char.IsAsciiLetter(c) ? ReadBareWord() : ReadNumber();
    }

    /// <summary>A text without quotes, as <c>AMOUNT_PAID</c> in <c>[?(@.Type==AMOUNT_PAID)]</c>; Jayway took it for a text up to version 2.0.</summary>
    private JsonString ReadBareWord()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-'))
        {
            _at++;
        }

        return new(_text[start.._at]);
    }

    private JsonArray? ReadList()
    {
        if (++_depth > MaxDepth)
        {
            _error = PathSyntax.TooDeep;
            return null;
        }

        _at++;
        var items = new List<JsonValue>();
        while (!Take("]"))
        {
            if ((items.Count > 0 && !Take(",")) || ReadLiteral() is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        _depth--;
        return JsonArray.From(items);
    }

    private JsonNumber? ReadNumber()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] is '-' or '+' or '.' or 'e' or 'E'))
        {
            _at++;
        }

        ReadOnlySpan<char> text = _text.AsSpan(start.._at);
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer))
        {
            return JsonNumber.Create(integer);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? JsonNumber.Create(value)
            : null;
    }

    private Regex? ReadRegex()
    {
        if (_at >= _text.Length || _text[_at] != '/')
        {
            _error = PathSyntax.BadRegex;
            return null;
        }

        int start = ++_at;
        while (_at < _text.Length && _text[_at] != '/')
        {
            _at += _text[_at] == '\\' ? 2 : 1;
        }

        if (_at >= _text.Length)
        {
            _error = PathSyntax.BadRegex;
            return null;
        }

        string pattern = _text[start.._at].Replace("\\/", "/", StringComparison.Ordinal);

        // Without backtracking the time is linear in the text, for every pattern.
        RegexOptions options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
        for (_at++; _at < _text.Length && char.IsAsciiLetter(_text[_at]); _at++)
        {
            options |= _text[_at] switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => RegexOptions.None,
            };
        }

        try
        {
            return new($@"\A(?:{pattern})\z", options);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            _error = PathSyntax.BadRegex;
            return null;
        }
    }

    /// <summary>Takes a token; a word only where it ends there.</summary>
    private bool Take(string token)
    {
        SkipBlanks();
        if (!_text.AsSpan(_at).StartsWith(token, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        int end = _at + token.Length;
        if (char.IsAsciiLetter(token[0]) && end < _text.Length && char.IsAsciiLetterOrDigit(_text[end]))
        {
            return false;
        }

        _at = end;
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }
}
