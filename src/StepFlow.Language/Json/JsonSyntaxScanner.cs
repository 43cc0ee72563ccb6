namespace StepFlow.Language.Json;

/// <summary>Reads the tokens of a JSON text until its first syntax error, in the same order as Jackson's reader.</summary>
internal sealed class JsonSyntaxScanner(string text)
{
    private const string Values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

    /// <summary>The maximum length of an invalid word in a message, in UTF-16 units.</summary>
    private const int TokenLength = 256;

    private readonly Stack<(bool IsArray, int Start)> _open = new();
    private string? _reason;

    /// <summary>The position after the last character that was read.</summary>
    public int Position { get; private set; }

    private bool IsAtEnd => Position >= text.Length;

    private string Entries => _open.Count == 0 ? "root" : _open.Peek().IsArray ? "Array" : "Object";

    /// <summary>The first error; null for none.</summary>
    public string? Scan()
    {
        // An array or object that was opened is empty so far; after a value, a comma or the end of it is expected.
        bool isFirst = true;
        do
        {
            if (!SkipSpace() || (IsAtEnd && !EndInside()))
            {
                return _reason;
            }

            if (text[Position] is ']' or '}')
            {
                if (!Close())
                {
                    return _reason;
                }

                isFirst = false;
                continue;
            }

            if ((!isFirst && _open.Count > 0 && !Comma()) || (_open.Count > 0 && !_open.Peek().IsArray && !Name()) || !Value(out isFirst))
            {
                return _reason;
            }
        }
        while (_open.Count > 0);

        if (SkipSpace() && !IsAtEnd && Value(out _))
        {
            Fail("Trailing token found after value: only one JSON value is expected");
        }

        return _reason;
    }

    private bool Close()
    {
        char close = text[Position++];
        if (_open.TryPop(out (bool IsArray, int Start) opened) && opened.IsArray == (close == ']'))
        {
            return true;
        }

        return Fail($"Unexpected close marker '{close}': expected '{(opened.IsArray ? ']' : '}')}' (for {(opened.IsArray ? "Array" : "Object")} starting at {JsonSyntaxProblem.Quote(text, opened.Start)})");
    }

    private bool Comma()
    {
        if (text[Position] != ',')
        {
            return Unexpected($"was expecting comma to separate {Entries} entries");
        }

        Position++;
        return SkipSpace() && !EndsBetween();
    }

    private bool Name()
    {
        if (text[Position] != '"')
        {
            return Unexpected("was expecting double-quote to start field name");
        }

        if (!Text(" in field name") || !SkipSpace() || EndsBetween())
        {
            return false;
        }

        if (text[Position] != ':')
        {
            return Unexpected("was expecting a colon to separate field name and value");
        }

        Position++;
        return SkipSpace() && !EndsBetween();
    }

    private bool Value(out bool isFirst)
    {
        char c = text[Position];
        isFirst = c is '{' or '[';
        switch (c)
        {
            case '{' or '[':
                _open.Push((c == '[', Position++));
                return true;
            case '"':
                return Text(": was expecting closing quote for a string value");
            case '-' or (>= '0' and <= '9'):
                return Number();
            case '}':
                return Unexpected("expected a value");
            case 't':
                return Word("true");
            case 'f':
                return Word("false");
            case 'n':
                return Word("null");
            case 'N' when text.AsSpan(Position).StartsWith("NaN"):
                Position += 3;
                return Fail("Non-standard token 'NaN': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow");
            case 'I' when text.AsSpan(Position).StartsWith("Infinity"):
                Position += 8;
                return Fail("Non-standard token 'Infinity': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow");
            default:
                return char.IsLetter(c) || c is '_' or '$' ? UnrecognisedToken(Position) : Unexpected($"expected a valid value {Values}");
        }
    }

    private bool Word(string word)
    {
        int start = Position;
        if (text.AsSpan(start).StartsWith(word) && (start + word.Length == text.Length || !IsWordPart(text[start + word.Length])))
        {
            Position += word.Length;
            return true;
        }

        return UnrecognisedToken(start);
    }

    private bool UnrecognisedToken(int start)
    {
        while (!IsAtEnd && IsWordPart(text[Position]) && Position - start < TokenLength)
        {
            Position++;
        }

        return Fail($"Unrecognized token '{text[start..Position]}{(Position - start == TokenLength ? "..." : string.Empty)}': was expecting {Values}");
    }

    private bool Text(string end)
    {
        Position++;
        while (!IsAtEnd)
        {
            char c = text[Position++];
            switch (c)
            {
                case '"':
                    return true;
                case < ' ':
                    return Fail($"Illegal unquoted character ({Describe(c)}): has to be escaped using backslash to be included in {(end[0] == ':' ? "string value" : "name")}");
                case '\\' when IsAtEnd:
                    return Fail("Unexpected end-of-input in character escape sequence");
                case '\\' when !Escape(text[Position++]):
                    return false;
            }
        }

        return Fail($"Unexpected end-of-input{end}");
    }

    private bool Escape(char escaped)
    {
        if (escaped != 'u')
        {
            return "\"\\/bfnrt".Contains(escaped, StringComparison.Ordinal) || Fail($"Unrecognized character escape {Describe(escaped)}");
        }

        for (int i = 0; i < 4; i++)
        {
            if (IsAtEnd)
            {
                return Fail("Unexpected end-of-input in character escape sequence");
            }

            if (!char.IsAsciiHexDigit(text[Position]))
            {
                return Unexpected("expected a hex-digit for character escape sequence");
            }

            Position++;
        }

        return true;
    }

    private bool Number()
    {
        if (text[Position] == '-')
        {
            Position++;
            if (!Digits("expected digit (0-9) to follow minus sign, for valid numeric value", atLeastOne: false))
            {
                return false;
            }
        }

        if (text[Position] == '0' && Position + 1 < text.Length && char.IsAsciiDigit(text[Position + 1]))
        {
            Position++;
            return Fail("Invalid numeric value: Leading zeroes not allowed");
        }

        SkipDigits();
        if (!IsAtEnd && text[Position] == '.')
        {
            Position++;
            if (!Digits("Decimal point not followed by a digit", atLeastOne: true))
            {
                return false;
            }
        }

        if (!IsAtEnd && text[Position] is 'e' or 'E')
        {
            Position++;
            Position += !IsAtEnd && text[Position] is '+' or '-' ? 1 : 0;
            if (!Digits("Exponent indicator not followed by a digit", atLeastOne: true))
            {
                return false;
            }
        }

        return _open.Count > 0 || IsAtEnd || IsSpace(text[Position]) || Unexpected("Expected space separating root-level values");
    }

    /// <summary>Checks that the next character is a digit. Reads all digits if requested.</summary>
    private bool Digits(string problem, bool atLeastOne)
    {
        if (IsAtEnd)
        {
            return Fail("Unexpected end-of-input in a Number value");
        }

        if (!char.IsAsciiDigit(text[Position]))
        {
            char found = text[Position++];
            return Fail($"Unexpected character ({Describe(found)}) in numeric value: {problem}");
        }

        if (atLeastOne)
        {
            SkipDigits();
        }

        return true;
    }

    private void SkipDigits()
    {
        while (!IsAtEnd && char.IsAsciiDigit(text[Position]))
        {
            Position++;
        }
    }

    private bool SkipSpace()
    {
        while (!IsAtEnd && IsSpace(text[Position]))
        {
            Position++;
        }

        if (!IsAtEnd && text[Position] < ' ')
        {
            char found = text[Position++];
            return Fail($"Illegal character ({Describe(found)}): only regular white space (\\r, \\n, \\t) is allowed between tokens");
        }

        return true;
    }

    /// <summary>Whether the text ends; an error inside an array or object.</summary>
    private bool EndInside() => _open.TryPeek(out (bool IsArray, int Start) opened)
        ? Fail($"Unexpected end-of-input: expected close marker for {Entries} (start marker at {JsonSyntaxProblem.Quote(text, opened.Start)})")
        : Fail("Unexpected end-of-input");

    private bool EndsBetween()
    {
        if (IsAtEnd)
        {
            Fail($"Unexpected end-of-input within/between {Entries} entries");
        }

        return IsAtEnd;
    }

    private bool Unexpected(string comment)
    {
        char found = text[Position++];
        return Fail($"Unexpected character ({Describe(found)}): {comment}");
    }

    /// <summary>Notes the error; always false.</summary>
    private bool Fail(string reason)
    {
        _reason = reason;
        return false;
    }

    private static string Describe(char c) => c switch
    {
        < ' ' => $"(CTRL-CHAR, code {(int)c})",
        > (char)255 => $"'{c}' (code {(int)c} / 0x{(int)c:x})",
        _ => $"'{c}' (code {(int)c})",
    };

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n';

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';
}
