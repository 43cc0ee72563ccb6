using System.Globalization;
using System.Runtime.CompilerServices;

namespace StepFlow.Language.Jsonata.Patterns;

/// <summary>Reads a regular expression as ECMAScript defines it (ECMA-262, 22.2 and annex B), without its flags u and v.</summary>
internal sealed partial class PatternParser
{
    private const int MaxDepth = 200;

    private readonly string _text;
    private readonly bool _ignoreCase;
    private readonly bool _multiline;
    private readonly int _groups;
    private readonly bool _hasNames;
    private int _at;
    private int _group;
    private int _depth;

    public PatternParser(string text, bool ignoreCase, bool multiline)
    {
        _text = text;
        _ignoreCase = ignoreCase;
        _multiline = multiline;
        (_groups, _hasNames) = CountGroups(text);
    }

    /// <summary>The groups that have names.</summary>
    public Dictionary<string, int> Names { get; } = new(StringComparer.Ordinal);

    public int GroupCount => _groups;

    public PatternNode Parse()
    {
        PatternNode result = Disjunction();
        return _at == _text.Length ? result : throw Error("unmatched ')'");
    }

    private static (int Count, bool Named) CountGroups(string text)
    {
        int count = 0;
        bool named = false;
        bool inSet = false;
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    inSet = true;
                    break;
                case ']':
                    inSet = false;
                    break;
                case '(' when !inSet:
                    bool special = i + 1 < text.Length && text[i + 1] == '?';
                    bool name = special && i + 3 < text.Length && text[i + 2] == '<' && text[i + 3] is not ('=' or '!');
                    named |= name;
                    count += !special || name ? 1 : 0;
                    break;
            }
        }

        return (count, named);
    }

    private JsonataException Error(string reason) =>
        new(EvaluationErrorCodes.BadPattern) { Value = new JsonString(_text), Text = $"/{_text}/: {reason}" };

    private char Peek(int offset = 0) => _at + offset < _text.Length ? _text[_at + offset] : '\0';

    private bool Take(string token)
    {
        if (string.CompareOrdinal(_text, _at, token, 0, token.Length) != 0)
        {
            return false;
        }

        _at += token.Length;
        return true;
    }

    private PatternNode Disjunction()
    {
        if (++_depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Error("nests too deep");
        }

        var choices = new List<PatternNode> { Alternative() };
        while (Take("|"))
        {
            choices.Add(Alternative());
        }

        _depth--;
        return choices.Count == 1 ? choices[0] : new PatternNode.Alternatives(choices);
    }

    private PatternNode Alternative()
    {
        var parts = new List<PatternNode>();
        while (_at < _text.Length && Peek() is not ('|' or ')'))
        {
            int firstGroup = _group + 1;
            PatternNode part = Term();
            parts.Add(Quantified(part, firstGroup));
        }

        return parts.Count == 1 ? parts[0] : new PatternNode.Sequence(parts);
    }

    private PatternNode Quantified(PatternNode part, int firstGroup)
    {
        (int min, int max)? times = Peek() switch
        {
            '*' => (0, int.MaxValue),
            '+' => (1, int.MaxValue),
            '?' => (0, 1),
            _ => null,
        };
        if (times is not null)
        {
            _at++;
        }
        else if (Braces(out times))
        {
            if (times!.Value.min > times.Value.max)
            {
                throw Error("numbers out of order in {} quantifier");
            }
        }
        else
        {
            return part;
        }

        if (part is PatternNode.Anchor or PatternNode.Look { Behind: true })
        {
            throw Error("nothing to repeat");
        }

        bool greedy = !Take("?");
        return new PatternNode.Repeat(part, times!.Value.min, times.Value.max, greedy, firstGroup, _group);
    }

    /// <summary>Takes {n}, {n,} or {n,m}; any other brace is a character.</summary>
    private bool Braces(out (int Min, int Max)? times)
    {
        times = null;
        if (Peek() != '{')
        {
            return false;
        }

        int start = _at++;
        if (Number() is { } min)
        {
            int? max = min;
            if (Take(","))
            {
                max = char.IsAsciiDigit(Peek()) ? Number() : int.MaxValue;
            }

            if (Take("}"))
            {
                times = (min, max!.Value);
                return true;
            }
        }

        _at = start;
        return false;
    }

    private int? Number()
    {
        int start = _at;
        while (char.IsAsciiDigit(Peek()))
        {
            _at++;
        }

        return _at == start ? null
            : int.TryParse(_text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value
            : int.MaxValue;
    }

    private PatternNode Term()
    {
        char c = _text[_at++];
        switch (c)
        {
            case '^':
                return new PatternNode.Anchor(_multiline ? PatternOperation.LineStart : PatternOperation.Start);
            case '$':
                return new PatternNode.Anchor(_multiline ? PatternOperation.LineEnd : PatternOperation.End);
            case '.':
                return new PatternNode.Set(new(CharacterSet.LineEnds, negated: true, ignoreCase: false));
            case '(':
                return Group();
            case '[':
                return SetOf();
            case '\\':
                return Escape();
            case '*' or '+' or '?':
                throw Error("nothing to repeat");
            case '{':
                _at--;
                if (Braces(out _))
                {
                    throw Error("nothing to repeat");
                }

                _at++;
                return Literal(c);
            default:
                return Literal(c);
        }
    }

    private PatternNode.Set Literal(char c) => new(new([(c, c)], negated: false, _ignoreCase && char.IsLetter(c)));

    private PatternNode Group()
    {
        PatternNode result;
        if (Take("?:"))
        {
            result = Disjunction();
        }
        else if (Take("?="))
        {
            result = new PatternNode.Look(Disjunction(), Behind: false, Negative: false);
        }
        else if (Take("?!"))
        {
            result = new PatternNode.Look(Disjunction(), Behind: false, Negative: true);
        }
        else if (Take("?<="))
        {
            result = new PatternNode.Look(Disjunction(), Behind: true, Negative: false);
        }
        else if (Take("?<!"))
        {
            result = new PatternNode.Look(Disjunction(), Behind: true, Negative: true);
        }
        else
        {
            int index = ++_group;
            if (Take("?<"))
            {
                string name = Name();
                if (!Names.TryAdd(name, index))
                {
                    throw Error("duplicate capture group name");
                }
            }
            else if (Peek() == '?')
            {
                throw Error("invalid group");
            }

            result = new PatternNode.Group(index, Disjunction());
        }

        return Take(")") ? result : throw Error("unterminated group");
    }

    private string Name()
    {
        int end = _text.IndexOf('>', _at);
        if (end <= _at)
        {
            throw Error("invalid capture group name");
        }

        string name = _text[_at..end];
        _at = end + 1;
        return name;
    }
}
