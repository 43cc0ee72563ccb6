using System.Globalization;

namespace StepFlow.Language.Jsonata.Patterns;

/// <content>Escapes and sets of characters.</content>
internal sealed partial class PatternParser
{
    private PatternNode Escape()
    {
        if (_at >= _text.Length)
        {
            throw Error("\\ at end of pattern");
        }

        char c = Peek();
        if (c is 'b' or 'B')
        {
            _at++;
            return new PatternNode.Anchor(c == 'b' ? PatternOperation.WordBoundary : PatternOperation.NoWordBoundary);
        }

        if (c == 'k' && _hasNames)
        {
            _at++;
            return Take("<") ? new PatternNode.BackReference(0, Name()) : throw Error("invalid named reference");
        }

        if (c is >= '1' and <= '9')
        {
            int start = _at;
            if (Number() is { } index && index <= _groups)
            {
                return new PatternNode.BackReference(index, null);
            }

            _at = start;
        }

        return ClassEscape() is { } ranges
            ? new PatternNode.Set(new(ranges, negated: false, ignoreCase: false))
            : Literal(CharacterEscape());
    }

    /// <summary>Takes d, D, w, W, s or S.</summary>
    private IEnumerable<(char Low, char High)>? ClassEscape()
    {
        IEnumerable<(char, char)>? ranges = Peek() switch
        {
            'd' => CharacterSet.Digits,
            'D' => CharacterSet.Complement(CharacterSet.Digits),
            'w' => CharacterSet.Words,
            'W' => CharacterSet.Complement(CharacterSet.Words),
            's' => CharacterSet.Blanks,
            'S' => CharacterSet.Complement(CharacterSet.Blanks),
            _ => null,
        };
        _at += ranges is null ? 0 : 1;
        return ranges;
    }

    private char CharacterEscape()
    {
        char c = _text[_at++];
        switch (c)
        {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'v':
                return '\v';
            case 'f':
                return '\f';
            case 'r':
                return '\r';
            case 'c' when char.IsAsciiLetter(Peek()):
                return (char)(_text[_at++] % 32);
            case 'c':
                _at--;
                return '\\';
            case 'x':
                return Hex(2) ?? 'x';
            case 'u':
                return Hex(4) ?? 'u';
            case >= '0' and <= '7':
                return Octal(c);
            default:
                return c;
        }
    }

    private char Octal(char first)
    {
        int value = first - '0';
        while (Peek() is >= '0' and <= '7' && (value * 8) + Peek() - '0' <= 255)
        {
            value = (value * 8) + _text[_at++] - '0';
        }

        return (char)value;
    }

    private char? Hex(int digits)
    {
        if (_at + digits > _text.Length
            || !ushort.TryParse(_text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort value))
        {
            return null;
        }

        _at += digits;
        return (char)value;
    }

    private PatternNode.Set SetOf()
    {
        bool negated = Take("^");
        var ranges = new List<(char, char)>();
        while (Peek() != ']' || _at >= _text.Length)
        {
            if (_at >= _text.Length)
            {
                throw Error("unterminated character class");
            }

            char? low = SetAtom(ranges);
            if (Peek() != '-' || Peek(1) == ']' || _at + 1 >= _text.Length)
            {
                continue;
            }

            _at++;
            char? high = SetAtom(ranges);
            if (low is null || high is null)
            {
                // With a class on one of its sides, the minus is a literal.
                ranges.Add(('-', '-'));
            }
            else
            {
                ranges.Add(low <= high ? (low.Value, high.Value) : throw Error("range out of order in character class"));
            }
        }

        _at++;
        return new(new(ranges, negated, _ignoreCase));
    }

    /// <summary>Takes one member of a set and adds it; its character, where it is one.</summary>
    private char? SetAtom(List<(char Low, char High)> ranges)
    {
        char c = _text[_at++];
        if (c == '\\')
        {
            if (_at >= _text.Length)
            {
                throw Error("\\ at end of pattern");
            }

            if (ClassEscape() is { } members)
            {
                ranges.AddRange(members);
                return null;
            }

            if (Peek() is 'b')
            {
                _at++;
                c = '\b';
            }
            else
            {
                c = CharacterEscape();
            }
        }

        ranges.Add((c, c));
        return c;
    }
}
