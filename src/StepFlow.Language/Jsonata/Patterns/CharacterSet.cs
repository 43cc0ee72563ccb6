namespace StepFlow.Language.Jsonata.Patterns;

/// <summary>A set of UTF-16 units.</summary>
internal sealed class CharacterSet
{
    private readonly (char Low, char High)[] _ranges;
    private readonly bool _negated;
    private readonly bool _ignoreCase;
    private readonly UInt128 _ascii;

    /// <summary>A set of ranges, or of all that is outside them.</summary>
    public CharacterSet(IEnumerable<(char Low, char High)> ranges, bool negated, bool ignoreCase)
    {
        _ranges = [.. ranges];
        _negated = negated;
        _ignoreCase = ignoreCase;
        for (char c = '\0'; c < 128; c++)
        {
            if (Decide(c))
            {
                _ascii |= UInt128.One << c;
            }
        }
    }

    public static readonly (char Low, char High)[] Digits = [('0', '9')];

    public static readonly (char Low, char High)[] Words = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

    public static readonly (char Low, char High)[] Blanks =
    [
        ('\t', '\r'), (' ', ' '), ('\u00a0', '\u00a0'), ('\u1680', '\u1680'), ('\u2000', '\u200a'), ('\u2028', '\u2029'),
        ('\u202f', '\u202f'), ('\u205f', '\u205f'), ('\u3000', '\u3000'), ('\ufeff', '\ufeff'),
    ];

    public static readonly (char Low, char High)[] LineEnds = [('\n', '\n'), ('\r', '\r'), ('\u2028', '\u2029')];

    /// <summary>The only character, where the set is one.</summary>
    public char? Single => !_negated && !_ignoreCase && _ranges is [var (low, high)] && low == high ? low : null;

    /// <summary>All that is outside ranges that are in order.</summary>
    public static IEnumerable<(char Low, char High)> Complement((char Low, char High)[] ranges)
    {
        int next = 0;
        foreach ((char low, char high) in ranges)
        {
            if (low > next)
            {
                yield return ((char)next, (char)(low - 1));
            }

            next = high + 1;
        }

        if (next <= char.MaxValue)
        {
            yield return ((char)next, char.MaxValue);
        }
    }

    public bool Contains(char c) => c < 128 ? ((_ascii >> c) & UInt128.One) != 0 : Decide(c);

    private bool Decide(char c)
    {
        bool found = InRanges(c) || (_ignoreCase && (InRanges(char.ToLowerInvariant(c)) || InRanges(char.ToUpperInvariant(c))));
        return found != _negated;
    }

    private bool InRanges(char c)
    {
        foreach ((char low, char high) in _ranges)
        {
            if (c >= low && c <= high)
            {
                return true;
            }
        }

        return false;
    }
}
