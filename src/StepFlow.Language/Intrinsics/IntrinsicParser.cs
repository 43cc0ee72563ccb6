using System.Globalization;
using System.Text;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Intrinsics;

/// <summary>Reads calls of intrinsic functions. Calls whose arguments are all literals are computed here, once.</summary>
internal ref struct IntrinsicParser
{
    private const string Prefix = "States.";
    private const int MaxDepth = 32;

    private readonly string _text;
    private int _at;
    private int _depth;
    private string? _error;

    private IntrinsicParser(string text) => _text = text;

    public static IntrinsicArgument? Parse(string text, out string? error)
    {
        var parser = new IntrinsicParser(text);
        IntrinsicArgument? call = parser.ReadCall();
        parser.SkipBlanks();
        if (call is not null && parser._at < text.Length)
        {
            parser._error = IntrinsicErrors.NotACall;
        }

        error = parser._error;
        return error is null ? call : null;
    }

    private IntrinsicArgument? ReadCall()
    {
        SkipBlanks();
        if (!_text.AsSpan(_at).StartsWith(Prefix, StringComparison.Ordinal))
        {
            return Fail(IntrinsicErrors.NotACall);
        }

        int start = _at += Prefix.Length;
        while (_at < _text.Length && char.IsAsciiLetterOrDigit(_text[_at]))
        {
            _at++;
        }

        if (IntrinsicFunctions.Find(_text[start.._at]) is not { } function)
        {
            return Fail(IntrinsicErrors.UnknownFunction);
        }

        if (!Take('('))
        {
            return Fail(IntrinsicErrors.NotACall);
        }

        if (++_depth > MaxDepth)
        {
            return Fail(IntrinsicErrors.TooDeep);
        }

        var arguments = new List<IntrinsicArgument>();
        while (!Take(')'))
        {
            if (arguments.Count > 0 && !Take(','))
            {
                return Fail(IntrinsicErrors.OpenCall);
            }

            if (ReadArgument(keepEscapes: function.TakesTemplate && arguments.Count == 0) is not { } argument)
            {
                return null;
            }

            if (argument is LiteralArgument literal && !function.Accepts(literal.Value))
            {
                return Fail(IntrinsicErrors.WrongArgument);
            }

            arguments.Add(argument);
        }

        _depth--;
        return function.Takes(arguments.Count) ? Fold(function, [.. arguments]) : Fail(IntrinsicErrors.WrongArgumentCount);
    }

    private static IntrinsicArgument Fold(IntrinsicFunction function, IntrinsicArgument[] arguments)
    {
        if (function.IsPure && Array.TrueForAll(arguments, argument => argument is LiteralArgument))
        {
            JsonValue[] values = Array.ConvertAll(arguments, argument => ((LiteralArgument)argument).Value);

            // Evaluated with the strictest limits. If that fails, the call is evaluated at run time with the limits that apply.
            IntrinsicResult result = function.Invoke(values, new(new Entropy(0), Limits.Aws));
            if (result.Value is not null)
            {
                return new LiteralArgument(result.Value);
            }
        }

        return new CallArgument(function, arguments);
    }

    private IntrinsicArgument? ReadArgument(bool keepEscapes)
    {
        SkipBlanks();
        if (_at >= _text.Length)
        {
            return Fail(IntrinsicErrors.OpenCall);
        }

        char c = _text[_at];
        if (c == '\'')
        {
            return ReadString(keepEscapes);
        }

        if (c == '$')
        {
            string path = ReadPath();
            return PathExpression.TryParse(path, out PathExpression? expression, out string? error) ? new PathArgument(expression) : Fail(error);
        }

        return c == 'S' ? ReadCall() : ReadBareLiteral();
    }

    private IntrinsicArgument? ReadBareLiteral()
    {
        int start = _at;
        while (_at < _text.Length && _text[_at] is not (',' or ')') && !char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        ReadOnlySpan<char> word = _text.AsSpan(start.._at);
        JsonValue? literal = word switch
        {
            "true" => JsonValue.True,
            "false" => JsonValue.False,
            "null" => JsonValue.Null,
            _ when long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer) => integer,
            _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) => JsonNumber.Create(number),
            _ => null,
        };
        return literal is null ? Fail(IntrinsicErrors.BadArgument) : new LiteralArgument(literal);
    }

    /// <summary>Reads a string in single quotes. <c>\' \{ \} \\</c> give the character after the backslash.</summary>
    private LiteralArgument? ReadString(bool keepEscapes)
    {
        _at++;
        var value = new StringBuilder();
        while (_at < _text.Length)
        {
            char c = _text[_at++];
            if (c == '\'')
            {
                return new(value.ToString());
            }

            if (c == '\\')
            {
                if (_at >= _text.Length || _text[_at] is not ('\'' or '\\' or '{' or '}'))
                {
                    break;
                }

                // Only the evaluation of the template can distinguish \{} from {}.
                if (keepEscapes)
                {
                    value.Append(c);
                }

                c = _text[_at++];
            }

            value.Append(c);
        }

        Fail(IntrinsicErrors.BadArgument);
        return null;
    }

    /// <summary>The text of a path: up to a comma or parenthesis that is not inside brackets, quotes or a filter's own parentheses.</summary>
    private string ReadPath()
    {
        int start = _at;
        int nesting = 0;
        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (nesting == 0 && (c is ',' || (c == ')' && !IsFunctionEnd())))
            {
                break;
            }

            if (c is '\'' or '"' && nesting > 0)
            {
                SkipQuoted(c);
                continue;
            }

            nesting += c switch
            {
                '[' => 1,
                ']' => -1,
                _ => 0,
            };
            _at++;
        }

        return _text[start.._at].TrimEnd();
    }

    /// <summary>Whether this parenthesis closes one right before it, as in <c>$.list.length()</c>.</summary>
    private readonly bool IsFunctionEnd() => _text[_at - 1] == '(';

    private void SkipQuoted(char quote)
    {
        for (_at++; _at < _text.Length && _text[_at] != quote; _at++)
        {
            if (_text[_at] == '\\')
            {
                _at++;
            }
        }

        _at = Math.Min(_at + 1, _text.Length);
    }

    private IntrinsicArgument? Fail(string error)
    {
        _error ??= error;
        return null;
    }

    private bool Take(char token)
    {
        SkipBlanks();
        if (_at >= _text.Length || _text[_at] != token)
        {
            return false;
        }

        _at++;
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
