namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>One half of a number picture, checked and analysed (XPath and XQuery Functions 3.1, sections 4.7.3 and 4.7.4).</summary>
internal sealed class NumberSubPicture
{
    private readonly NumberSymbols _symbols;
    private readonly string _active;
    private readonly string _mantissa;
    private readonly string _integer;
    private readonly string _fraction;
    private readonly string? _exponent;

    public NumberSubPicture(string picture, NumberSymbols symbols)
    {
        _symbols = symbols;
        Picture = picture;
        int first = IndexOfActive(picture, last: false);
        int last = IndexOfActive(picture, last: true);
        Prefix = first < 0 ? string.Empty : picture[..first];
        Suffix = last < 0 ? string.Empty : picture[(last + 1)..];
        _active = picture[Prefix.Length..Math.Max(Prefix.Length, picture.Length - Suffix.Length)];
        int exponent = IndexOf(picture, symbols.ExponentSeparator, Prefix.Length);
        if (exponent < 0 || exponent > picture.Length - Suffix.Length)
        {
            _mantissa = _active;
        }
        else
        {
            int at = Math.Min(exponent, _active.Length);
            _mantissa = _active[..at];
            _exponent = at < _active.Length ? _active[(at + 1)..] : string.Empty;
        }

        int point = IndexOf(_mantissa, symbols.DecimalSeparator, 0);
        _integer = point < 0 ? _mantissa : _mantissa[..point];
        _fraction = point < 0 ? Suffix : _mantissa[(point + 1)..];
        Validate();
        Analyse();
    }

    public string Picture { get; }

    public string Prefix { get; }

    public string Suffix { get; }

    public List<int> IntegerGroups { get; private set; } = [];

    public List<int> FractionGroups { get; private set; } = [];

    /// <summary>The distance of the separators in the integer part; 0 if they are irregular or there are none.</summary>
    public int RegularGroup { get; private set; }

    public int MinInteger { get; private set; }

    public int Scaling { get; private set; }

    public int MinFraction { get; private set; }

    public int MaxFraction { get; private set; }

    public int MinExponent { get; private set; }

    public bool HasPercent => Contains(_symbols.Percent);

    public bool HasPerMille => Contains(_symbols.PerMille);

    public bool HasDecimalSeparator => Contains(_symbols.DecimalSeparator);

    private static int IndexOf(string text, string symbol, int start) =>
        start > text.Length ? -1 : text.IndexOf(symbol, start, StringComparison.Ordinal);

    private bool Contains(string symbol) => Picture.Contains(symbol, StringComparison.Ordinal);

    private bool Repeats(string symbol) =>
        Picture.IndexOf(symbol, StringComparison.Ordinal) != Picture.LastIndexOf(symbol, StringComparison.Ordinal);

    private int IndexOfActive(string picture, bool last)
    {
        bool Matters(char c) => _symbols.IsActive(c) && !_symbols.IsExponent(c);
        return last ? Array.FindLastIndex(picture.ToCharArray(), Matters) : Array.FindIndex(picture.ToCharArray(), Matters);
    }

    /// <summary>The first rule that is broken has the last word, as jsonata checks them.</summary>
    private void Validate()
    {
        string? error = null;
        void Rule(bool broken, string code) => error = broken ? code : error;
        string grouping = _symbols.GroupingSeparator;
        int point = Picture.IndexOf(_symbols.DecimalSeparator, StringComparison.Ordinal);
        Rule(Repeats(_symbols.DecimalSeparator), "D3081");
        Rule(Repeats(_symbols.Percent), "D3082");
        Rule(Repeats(_symbols.PerMille), "D3083");
        Rule(HasPercent && HasPerMille, "D3084");
        Rule(!_mantissa.Any(_symbols.IsDigitOrOptional), "D3085");
        Rule(!_active.All(_symbols.IsActive), "D3086");
        Rule(point >= 0 && (At(point - 1) == grouping || At(point + 1) == grouping), "D3087");
        Rule(point < 0 && _integer.EndsWith(grouping, StringComparison.Ordinal) && grouping.Length > 0, "D3088");
        Rule(Contains(grouping + grouping), "D3089");
        int optional = _integer.IndexOf(_symbols.Digit, StringComparison.Ordinal);
        Rule(optional >= 0 && _integer[..optional].Any(_symbols.IsDigit), "D3090");
        optional = _fraction.LastIndexOf(_symbols.Digit, StringComparison.Ordinal);
        Rule(optional >= 0 && _fraction[optional..].Any(_symbols.IsDigit), "D3091");
        Rule(_exponent is { Length: > 0 } && (HasPercent || HasPerMille), "D3092");
        Rule(_exponent is not null && (_exponent.Length == 0 || !_exponent.All(_symbols.IsDigit)), "D3093");
        if (error is not null)
        {
            throw new JsonataException(error);
        }
    }

    private string At(int index) => index >= 0 && index < Picture.Length ? Picture[index].ToString() : string.Empty;

    private void Analyse()
    {
        IntegerGroups = GroupPositions(_integer, toLeft: false);
        FractionGroups = GroupPositions(_fraction, toLeft: true);
        int distance = Intervals.CommonDivisor(IntegerGroups);
        RegularGroup = IntegerGroups.Count > 0 && Intervals.AreRegular(IntegerGroups, distance) ? distance : 0;
        MinInteger = _integer.Count(_symbols.IsDigit);
        Scaling = MinInteger;
        MinFraction = _fraction.Count(_symbols.IsDigit);
        MaxFraction = _fraction.Count(_symbols.IsDigitOrOptional);
        if (MinInteger == 0 && MaxFraction == 0)
        {
            if (_exponent is null)
            {
                MinInteger = 1;
            }
            else
            {
                (MinFraction, MaxFraction) = (1, 1);
            }
        }

        if (_exponent is not null && MinInteger == 0 && _integer.Contains(_symbols.Digit, StringComparison.Ordinal))
        {
            MinInteger = 1;
        }

        if (MinInteger == 0 && MinFraction == 0)
        {
            MinFraction = 1;
        }

        MinExponent = _exponent?.Count(_symbols.IsDigit) ?? 0;
    }

    private List<int> GroupPositions(string part, bool toLeft)
    {
        var positions = new List<int>();
        string separator = _symbols.GroupingSeparator;
        if (separator.Length == 0)
        {
            return positions;
        }

        for (int at = IndexOf(part, separator, 0); at >= 0; at = IndexOf(part, separator, at + 1))
        {
            positions.Add((toLeft ? part[..at] : part[at..]).Count(_symbols.IsDigitOrOptional));
        }

        return positions;
    }
}
