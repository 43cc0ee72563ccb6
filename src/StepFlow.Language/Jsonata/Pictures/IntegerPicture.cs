using System.Globalization;
using System.Text;

namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>A picture of an integer (XPath and XQuery Functions 3.1, section 4.6).</summary>
internal sealed class IntegerPicture
{
    /// <summary>Where the digits of the decimal systems of the basic plane start.</summary>
    private static readonly int[] Zeros =
    [
        0x30, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
        0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
        0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    ];

    public static readonly PictureCache<IntegerPicture> Known = new(text => new(text));

    private readonly string _token;
    private int _zero = '0';
    private List<GroupingSeparator> _separators = [];

    public IntegerPicture(string picture)
    {
        int semicolon = picture.LastIndexOf(';');
        _token = semicolon < 0 ? picture : picture[..semicolon];
        Ordinal = semicolon >= 0 && semicolon + 1 < picture.Length && picture[semicolon + 1] == 'o';
        (Style, Case) = _token switch
        {
            "A" => (IntegerStyle.Letters, LetterCase.Upper),
            "a" => (IntegerStyle.Letters, LetterCase.Lower),
            "I" => (IntegerStyle.Roman, LetterCase.Upper),
            "i" => (IntegerStyle.Roman, LetterCase.Lower),
            "W" => (IntegerStyle.Words, LetterCase.Upper),
            "Ww" => (IntegerStyle.Words, LetterCase.Title),
            "w" => (IntegerStyle.Words, LetterCase.Lower),
            _ => (IntegerStyle.Decimal, LetterCase.Lower),
        };
        if (Style == IntegerStyle.Decimal)
        {
            AnalyseDigits();
        }
    }

    public IntegerStyle Style { get; private set; }

    public LetterCase Case { get; }

    public bool Ordinal { get; }

    public int MandatoryDigits { get; set; }

    public int OptionalDigits { get; private set; }

    /// <summary>The number of digits to read, if another number follows directly; otherwise 0, and all digits are read.</summary>
    public int ParseWidth { get; set; }

    /// <summary>The separator that repeats at regular distances; null if there is none.</summary>
    public GroupingSeparator? RegularSeparator { get; private set; }

    public string Format(Evaluator evaluator, double value)
    {
        bool negative = value < 0;
        value = Math.Abs(value);
        if (!double.IsFinite(value))
        {
            throw new JsonataException("D1001") { Value = Numbers.Create(evaluator, value) };
        }

        string text = Style switch
        {
            IntegerStyle.Letters => Numerals.ToLetters(value, Case == LetterCase.Upper ? 'A' : 'a'),
            IntegerStyle.Roman => Cased(Roman(evaluator, value)),
            IntegerStyle.Words => Case == LetterCase.Title ? NumberWords.Of(value, Ordinal) : Cased(NumberWords.Of(value, Ordinal)),
            IntegerStyle.Decimal => Digits(evaluator, value),
            _ => throw Unsupported(),
        };
        return negative ? "-" + text : text;
    }

    /// <summary>The pattern that a text in this format matches.</summary>
    public string ToRegex() => Style switch
    {
        IntegerStyle.Letters => Case == LetterCase.Upper ? "[A-Z]+" : "[a-z]+",
        IntegerStyle.Roman => Case == LetterCase.Upper ? "[MDCLXVI]+" : "[mdclxvi]+",
        IntegerStyle.Words => $"(?:{string.Join('|', NumberWords.All)}|and|[\\-, ])+",
        IntegerStyle.Decimal => (ParseWidth > 0 ? $"[0-9]{{{ParseWidth.ToString(CultureInfo.InvariantCulture)}}}" : "[0-9]+")
            + (Ordinal ? "(?:th|st|nd|rd)" : string.Empty),
        _ => throw Unsupported(),
    };

    /// <summary>Parses a number. NaN if the text is not a number.</summary>
    public double Parse(Evaluator evaluator, string text)
    {
        evaluator.Charge((long)text.Length * (_separators.Count + 1) / 16);
        return Parse(text);
    }

    private double Parse(string text) => Style switch
    {
        IntegerStyle.Letters => Numerals.FromLetters(text, Case == LetterCase.Upper ? 'A' : 'a'),
        IntegerStyle.Roman => Numerals.FromRoman(text),
        IntegerStyle.Words => NumberWords.Parse(text.ToLowerInvariant()),
        IntegerStyle.Decimal => ParseDigits(text),
        _ => throw Unsupported(),
    };

    private static string Roman(Evaluator evaluator, double value)
    {
        evaluator.ChargeText((long)Math.Min(value / 1000, long.MaxValue / 2));
        return Numerals.ToRoman(value);
    }

    private static double ParseInt(string digits)
    {
        int end = digits.StartsWith('-') || digits.StartsWith('+') ? 1 : 0;
        while (end < digits.Length && char.IsAsciiDigit(digits[end]))
        {
            end++;
        }

        return double.TryParse(digits.AsSpan(0, end), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out double value)
            ? value
            : double.NaN;
    }

    private JsonataException Unsupported() => new("D3130") { Value = new JsonString(_token) };

    private string Cased(string text) => Case == LetterCase.Upper ? text.ToUpperInvariant() : text.ToLowerInvariant();

    private void AnalyseDigits()
    {
        int? zero = null;
        int position = 0;
        // From the right, because the positions of separators are counted from there.
        foreach (Rune rune in _token.EnumerateRunes().Reverse())
        {
            int? family = ZeroOf(rune.Value);
            if (family is not null)
            {
                if (zero is not null && family != zero)
                {
                    throw new JsonataException("D3131");
                }

                zero = family;
                MandatoryDigits++;
                position++;
            }
            else if (rune.Value == '#')
            {
                OptionalDigits++;
                position++;
            }
            else
            {
                _separators.Add(new(position, rune.ToString()));
            }
        }

        if (zero is null)
        {
            Style = IntegerStyle.Sequence;
            return;
        }

        _zero = zero.Value;
        int distance = RegularDistance();
        if (distance > 0)
        {
            RegularSeparator = new(distance, _separators[0].Character);
            _separators = [];
        }
    }

    private static int? ZeroOf(int rune)
    {
        foreach (int zero in Zeros)
        {
            if (rune >= zero && rune <= zero + 9)
            {
                return zero;
            }
        }

        return null;
    }

    private int RegularDistance()
    {
        if (_separators.Count == 0 || _separators.Exists(s => s.Character != _separators[0].Character))
        {
            return 0;
        }

        int factor = Intervals.CommonDivisor(_separators.ConvertAll(s => s.Position));
        return Intervals.AreRegular(_separators.ConvertAll(s => s.Position), factor) ? factor : 0;
    }

    private string Digits(Evaluator evaluator, double value)
    {
        string text = value < 9.2e18 ? ((long)value).ToString(CultureInfo.InvariantCulture) : JsonataStrings.OfDouble(value);
        evaluator.ChargeText(MandatoryDigits);
        text = text.PadLeft(MandatoryDigits, '0');
        if (_zero != '0')
        {
            text = string.Concat(text.Select(c => (char)(c + _zero - '0')));
        }

        // Inserting a separator moves all characters after it.
        evaluator.Charge((long)text.Length * ((RegularSeparator is null ? 0 : text.Length) + _separators.Count) / 64);
        if (RegularSeparator is { } separator)
        {
            for (int i = (text.Length - 1) / separator.Position; i > 0; i--)
            {
                text = text.Insert(text.Length - (i * separator.Position), separator.Character);
            }
        }

        // From the left, so that the part on the right of each separator has the length in the picture.
        for (int i = _separators.Count - 1; i >= 0; i--)
        {
            int at = text.Length - _separators[i].Position;
            if (at >= 0)
            {
                text = text.Insert(at, _separators[i].Character);
            }
        }

        return Ordinal ? text + OrdinalSuffix(text) : text;
    }

    private static string OrdinalSuffix(string text) =>
        text.Length > 1 && text[^2] == '1' ? "th" : text[^1] switch { '1' => "st", '2' => "nd", '3' => "rd", _ => "th" };

    private double ParseDigits(string text)
    {
        string digits = Ordinal ? text[..Math.Max(0, text.Length - 2)] : text;
        if (RegularSeparator is not null)
        {
            digits = digits.Replace(",", string.Empty, StringComparison.Ordinal);
        }

        foreach (GroupingSeparator separator in _separators)
        {
            digits = digits.Replace(separator.Character, string.Empty, StringComparison.Ordinal);
        }

        return ParseInt(_zero == '0' ? digits : string.Concat(digits.Select(c => (char)(c - _zero + '0'))));
    }
}
