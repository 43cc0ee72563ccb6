using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace StepFlow.Language.JsonPath;

/// <summary>Reads paths. Collects the first error; never throws for a text.</summary>
internal ref struct PathParser
{
    /// <summary>The characters that end a name inside a filter, where operators follow a path.</summary>
    private const string FilterTerminators = "=<>!&|),~ \t\r\n]";

    private readonly string _text;
    private readonly bool _inFilter;
    private readonly List<PathSegment> _segments = [];
    private int _at;
    private string? _error;

    private PathParser(string text, int at, bool inFilter)
    {
        _text = text;
        _at = at;
        _inFilter = inFilter;
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out PathExpression? path, [NotNullWhen(false)] out string? error, out int position)
    {
        path = null;
        position = 0;
        if (text.Length == 0 || text[0] != '$')
        {
            error = PathSyntax.NoDollar;
            return false;
        }

        PathRoot origin = PathRoot.Input;
        string? variable = null;
        int at = 1;
        if (text.Length > 1 && text[1] == '$')
        {
            origin = PathRoot.Context;
            at = 2;
        }
        else if (text.Length > 1 && IsIdentifierStart(text[1]))
        {
            origin = PathRoot.Variable;
            while (at < text.Length && (IsIdentifierStart(text[at]) || char.IsDigit(text[at])))
            {
                at++;
            }

            variable = text[1..at];
        }

        var parser = new PathParser(text, at, inFilter: false);
        parser.ReadSegments(0);
        error = parser._error;
        if (error is not null)
        {
            position = Math.Min(parser._at, text.Length);
            return false;
        }

        path = new(text, origin, variable, [.. parser._segments]);
        return true;
    }

    /// <summary>Reads a path inside a filter, from behind its <c>@</c> or <c>$</c>.</summary>
    public static PathExpression? ParseInFilter(string text, ref int at, int depth, out string? error)
    {
        int start = at - 1;
        var parser = new PathParser(text, at, inFilter: true);
        parser.ReadSegments(depth);
        at = parser._at;
        error = parser._error;
        return error is null ? new(text[start..at], PathRoot.Input, null, [.. parser._segments]) : null;
    }

    /// <summary>Reads a quoted string from its opening quote on; null where it is not closed.</summary>
    public static string? ReadQuoted(string text, ref int at)
    {
        char quote = text[at++];
        var value = new StringBuilder();
        while (at < text.Length)
        {
            char c = text[at++];
            if (c == quote)
            {
                return value.ToString();
            }

            if (c == '\\' && at < text.Length)
            {
                c = Unescape(text, ref at);
            }

            value.Append(c);
        }

        return null;
    }

    private static char Unescape(string text, ref int at)
    {
        char c = text[at++];
        if (c == 'u' && at + 4 <= text.Length
            && ushort.TryParse(text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
        {
            at += 4;
            return (char)code;
        }

        return c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            _ => c,
        };
    }

    private static bool IsIdentifierStart(char c) => char.IsLetter(c) || c == '_';

    private void ReadSegments(int depth)
    {
        while (_error is null && _at < _text.Length)
        {
            char c = _text[_at];
            if (c == '.')
            {
                ReadDot(depth);
            }
            else if (c == '[')
            {
                ReadBracket(depth);
            }
            else if (_inFilter)
            {
                return;
            }
            else
            {
                _error = PathSyntax.UnexpectedCharacter;
            }
        }
    }

    private void ReadDot(int depth)
    {
        _at++;
        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            _segments.Add(DeepScanSegment.Instance);
        }

        if (_at >= _text.Length)
        {
            _error = PathSyntax.EmptyMember;
        }
        else if (_text[_at] == '[')
        {
            ReadBracket(depth);
        }
        else if (_text[_at] == '*')
        {
            _at++;
            _segments.Add(WildcardSegment.Instance);
        }
        else
        {
            ReadName();
        }
    }

    private void ReadName()
    {
        int start = _at;
        while (_at < _text.Length && _text[_at] is not ('.' or '[' or ']') && !(_inFilter && FilterTerminators.Contains(_text[_at], StringComparison.Ordinal)))
        {
            if (char.IsWhiteSpace(_text[_at]))
            {
                _error = PathSyntax.BlankInName;
                return;
            }

            _at++;
        }

        string name = _text[start.._at];
        if (name.Length == 0)
        {
            _error = PathSyntax.EmptyMember;
        }
        else
        {
            _segments.Add(new MemberSegment(name));
        }
    }

    private void ReadBracket(int depth)
    {
        _at++;
        SkipBlanks();
        if (_at >= _text.Length)
        {
            _error = PathSyntax.OpenBracket;
            return;
        }

        switch (_text[_at])
        {
            case '\'' or '"':
                ReadQuotedNames();
                break;
            case '*':
                _at++;
                _segments.Add(WildcardSegment.Instance);
                CloseBracket();
                break;
            case '?':
                _at++;
                FilterPredicate? predicate = FilterParser.Parse(_text, ref _at, depth + 1, out _error);
                if (predicate is not null)
                {
                    _segments.Add(new FilterSegment(predicate));
                    CloseBracket();
                }

                break;
            default:
                ReadIndices();
                break;
        }
    }

    private void ReadQuotedNames()
    {
        var names = new List<string>(1);
        while (true)
        {
            SkipBlanks();
            if (_at >= _text.Length || _text[_at] is not ('\'' or '"'))
            {
                _error = PathSyntax.BadBracket;
                return;
            }

            if (ReadQuoted(_text, ref _at) is not { } name)
            {
                _error = PathSyntax.OpenString;
                return;
            }

            names.Add(name);
            SkipBlanks();
            if (_at < _text.Length && _text[_at] == ',')
            {
                _at++;
                continue;
            }

            CloseBracket();
            break;
        }

        bool isLast = _at >= _text.Length || _text[_at] is not ('.' or '[');
        _segments.Add(names.Count == 1 ? new MemberSegment(names[0]) : new MemberUnionSegment([.. names], isLast));
    }

    private void ReadIndices()
    {
        int end = _text.IndexOf(']', _at);
        if (end < 0)
        {
            _error = PathSyntax.OpenBracket;
            return;
        }

        string inside = _text[_at..end].Trim();
        _at = end + 1;
        if (TryReadFromEnd(inside, out int fromEnd))
        {
            _segments.Add(new IndexSegment(fromEnd, fromEnd: true));
            return;
        }

        if (inside.Contains(':', StringComparison.Ordinal))
        {
            ReadSlice(inside);
            return;
        }

        string[] parts = inside.Split(',');
        var indices = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!TryReadInteger(parts[i], out indices[i]))
            {
                _error = PathSyntax.BadBracket;
                return;
            }
        }

        _segments.Add(indices.Length == 1 ? new IndexSegment(indices[0]) : new IndexUnionSegment(indices));
    }

    /// <summary>The script <c>(@.length-1)</c>, the only one that Jayway ever supported: an index from the end.</summary>
    private static bool TryReadFromEnd(string inside, out int index)
    {
        const string Script = "(@.length-";
        string compact = inside.Replace(" ", string.Empty, StringComparison.Ordinal);
        index = 0;
        if (!compact.StartsWith(Script, StringComparison.Ordinal) || !compact.EndsWith(')')
            || !int.TryParse(compact.AsSpan(Script.Length..^1), NumberStyles.None, CultureInfo.InvariantCulture, out int distance) || distance == 0)
        {
            return false;
        }

        index = -distance;
        return true;
    }

    private void ReadSlice(string inside)
    {
        // Jayway reads two bounds, requires one of them, and has no step.
        string[] parts = inside.Split(':');
        int from = 0;
        int to = 0;
        bool hasFrom = parts[0].Trim().Length > 0;
        bool hasTo = parts[1].Trim().Length > 0;
        if (parts.Length != 2 || !(hasFrom || hasTo) || (hasFrom && !TryReadInteger(parts[0], out from)) || (hasTo && !TryReadInteger(parts[1], out to)))
        {
            _error = PathSyntax.BadBracket;
            return;
        }

        _segments.Add(new SliceSegment(hasFrom ? from : null, hasTo ? to : null));
    }

    private static bool TryReadInteger(string text, out int value) =>
        int.TryParse(text.AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private void CloseBracket()
    {
        SkipBlanks();
        if (_at < _text.Length && _text[_at] == ']')
        {
            _at++;
        }
        else
        {
            _error ??= PathSyntax.OpenBracket;
        }
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }
}
