using System.Globalization;
using System.Text;

namespace StepFlow.Language.Jsonata.Syntax;

/// <summary>Splits the text of an expression into tokens, one at a time.</summary>
internal sealed class Tokenizer(string text)
{
    private int _at;

    /// <summary>The next token.</summary>
    /// <param name="afterOperand">Whether a slash divides here rather than opening a regular expression.</param>
    public Token Next(bool afterOperand)
    {
        SkipBlanks();
        if (_at >= text.Length)
        {
            return new(TokenKind.End, "(end)", text.Length);
        }

        int start = _at;
        char c = text[_at];
        if (c == '/' && !afterOperand)
        {
            return ScanRegex();
        }

        if (Operator(c) is { } symbol)
        {
            _at += symbol.Length;
            return new(TokenKind.Operator, symbol, start);
        }

        return c switch
        {
            '"' or '\'' => ScanString(c),
            '`' => ScanQuotedName(),
            >= '0' and <= '9' => ScanNumber(),
            _ => ScanName(),
        };
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\r' or '\v';

    private static string? SingleOperator(char c) => c switch
    {
        '.' => ".",
        '[' => "[",
        ']' => "]",
        '{' => "{",
        '}' => "}",
        '(' => "(",
        ')' => ")",
        ',' => ",",
        '@' => "@",
        '#' => "#",
        ';' => ";",
        ':' => ":",
        '?' => "?",
        '+' => "+",
        '-' => "-",
        '*' => "*",
        '/' => "/",
        '%' => "%",
        '|' => "|",
        '=' => "=",
        '<' => "<",
        '>' => ">",
        '^' => "^",
        '&' => "&",
        '!' => "!",
        '~' => "~",
        _ => null,
    };

    private static JsonataException Error(string code, int position, string? token = null) =>
        new(code) { Position = position, Token = token };

    private char Peek(int offset) => _at + offset < text.Length ? text[_at + offset] : '\0';

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (IsBlank(text[_at]))
            {
                _at++;
            }
            else if (text[_at] == '/' && Peek(1) == '*')
            {
                int end = text.IndexOf("*/", Math.Min(_at + 2, text.Length), StringComparison.Ordinal);
                _at = end >= 0 ? end + 2 : throw Error("S0106", _at);
            }
            else
            {
                return;
            }
        }
    }

    private string? Operator(char c) => (c, Peek(1)) switch
    {
        ('.', '.') => "..",
        (':', '=') => ":=",
        ('!', '=') => "!=",
        ('>', '=') => ">=",
        ('<', '=') => "<=",
        ('*', '*') => "**",
        ('~', '>') => "~>",
        ('?', ':') => "?:",
        ('?', '?') => "??",
        _ => SingleOperator(c),
    };

    private Token ScanRegex()
    {
        int start = ++_at;
        int depth = 0;
        for (; _at < text.Length; _at++)
        {
            char c = text[_at];
            bool escaped = IsEscaped(start);
            if (c == '/' && depth == 0 && !escaped)
            {
                string pattern = text[start.._at];
                if (pattern.Length == 0)
                {
                    throw Error("S0301", _at);
                }

                int flags = ++_at;
                while (_at < text.Length && text[_at] is 'i' or 'm')
                {
                    _at++;
                }

                return new(TokenKind.Regex, pattern, start - 1) { Flags = text[flags.._at] };
            }

            depth += escaped ? 0 : c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
        }

        throw Error("S0302", _at);
    }

    /// <summary>Whether an odd number of backslashes precedes the current character.</summary>
    private bool IsEscaped(int start)
    {
        int count = 0;
        while (_at - 1 - count >= start && text[_at - 1 - count] == '\\')
        {
            count++;
        }

        return count % 2 != 0;
    }

    private Token ScanString(char quote)
    {
        int start = _at++;
        int end = text.AsSpan(_at).IndexOfAny(quote, '\\');
        if (end >= 0 && text[_at + end] == quote)
        {
            string plain = text.Substring(_at, end);
            _at += end + 1;
            return new(TokenKind.String, plain, start) { Literal = new JsonString(plain) };
        }

        var value = new StringBuilder();
        for (; _at < text.Length; _at++)
        {
            char c = text[_at];
            if (c == quote)
            {
                _at++;
                string result = value.ToString();
                return new(TokenKind.String, result, start) { Literal = new JsonString(result) };
            }

            value.Append(c == '\\' ? ScanEscape() : c);
        }

        throw Error("S0101", _at);
    }

    private char ScanEscape()
    {
        char c = ++_at < text.Length ? text[_at] : '\0';
        switch (c)
        {
            case '"' or '\\' or '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                if (_at + 4 < text.Length
                    && ushort.TryParse(text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
                {
                    _at += 4;
                    return (char)code;
                }

                throw Error("S0104", _at);
            default:
                throw Error("S0103", _at, c == '\0' ? string.Empty : c.ToString());
        }
    }

    private Token ScanQuotedName()
    {
        int start = _at++;
        int end = text.IndexOf('`', _at);
        if (end < 0)
        {
            _at = text.Length;
            throw Error("S0105", _at);
        }

        string name = text[_at..end];
        _at = end + 1;
        return new(TokenKind.Name, name, start);
    }

    private Token ScanNumber()
    {
        int start = _at;
        SkipDigits(leadingZero: true);
        bool whole = true;
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            whole = false;
            _at++;
            SkipDigits(leadingZero: false);
        }

        int sign = Peek(1) is '+' or '-' ? 1 : 0;
        if (Peek(0) is 'e' or 'E' && char.IsAsciiDigit(Peek(1 + sign)))
        {
            whole = false;
            _at += 1 + sign;
            SkipDigits(leadingZero: false);
        }

        ReadOnlySpan<char> digits = text.AsSpan(start, _at - start);
        if (whole && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long integer))
        {
            return new(TokenKind.Number, string.Empty, start) { Literal = JsonNumber.Create(integer) };
        }

        double value = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value)
            ? new(TokenKind.Number, string.Empty, start) { Literal = JsonNumber.Create(value) }
            : throw Error("S0102", start, digits.ToString());
    }

    private void SkipDigits(bool leadingZero)
    {
        // 01 is the number 0 and then the number 1, as in JSON.
        if (leadingZero && text[_at] == '0')
        {
            _at++;
            return;
        }

        while (char.IsAsciiDigit(Peek(0)))
        {
            _at++;
        }
    }

    private Token ScanName()
    {
        int start = _at;
        while (_at < text.Length && !IsBlank(text[_at]) && SingleOperator(text[_at]) is null)
        {
            _at++;
        }

        if (text[start] == '$')
        {
            return new(TokenKind.Variable, text[(start + 1).._at], start);
        }

        string name = text[start.._at];
        return name switch
        {
            "or" or "in" or "and" => new(TokenKind.Operator, name, start),
            "true" => new(TokenKind.Value, name, start) { Literal = JsonValue.True },
            "false" => new(TokenKind.Value, name, start) { Literal = JsonValue.False },
            "null" => new(TokenKind.Value, name, start) { Literal = JsonValue.Null },
            _ => new(TokenKind.Name, name, start),
        };
    }
}
