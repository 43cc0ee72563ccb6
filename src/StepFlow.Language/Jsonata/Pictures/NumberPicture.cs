using System.Globalization;

namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>A picture of a number (XPath and XQuery Functions 3.1, section 4.7).</summary>
internal sealed class NumberPicture
{
    /// <summary>Pictures with the usual symbols.</summary>
    public static readonly PictureCache<NumberPicture> Known = new(text => new(text, new(null)));

    private const int MaxDigits = 400;

    private readonly NumberSymbols _symbols;
    private readonly NumberSubPicture _positive;
    private readonly NumberSubPicture _negative;
    private readonly string _negativePrefix;

    public NumberPicture(string picture, NumberSymbols symbols)
    {
        _symbols = symbols;
        string[] parts = symbols.PatternSeparator.Length == 0 ? [picture] : picture.Split(symbols.PatternSeparator);
        if (parts.Length > 2)
        {
            throw new JsonataException("D3080");
        }

        _positive = new(parts[0], symbols);
        _negative = parts.Length == 2 ? new(parts[1], symbols) : _positive;
        _negativePrefix = parts.Length == 2 ? _negative.Prefix : symbols.MinusSign + _positive.Prefix;
    }

    public string Format(Evaluator evaluator, double value)
    {
        if (!double.IsFinite(value))
        {
            throw new JsonataException("D1001") { Value = Numbers.Create(evaluator, value) };
        }

        NumberSubPicture picture = value >= 0 ? _positive : _negative;
        double mantissa = picture.HasPercent ? value * 100 : picture.HasPerMille ? value * 1000 : value;
        if (!double.IsFinite(mantissa))
        {
            throw new JsonataException("D1001") { Value = Numbers.Create(evaluator, mantissa) };
        }

        int? exponent = picture.MinExponent == 0 ? null : Normalise(ref mantissa, picture.Scaling);
        int fraction = Math.Min(picture.MaxFraction, MaxDigits);
        string digits = DecimalText.Fixed(Math.Abs(Rounding.HalfEven(mantissa, fraction)), fraction);
        int at = digits.IndexOf('.', StringComparison.Ordinal);
        string whole = (at < 0 ? digits : digits[..at]).TrimStart('0').PadLeft(picture.MinInteger, '0');
        string part = (at < 0 ? string.Empty : digits[(at + 1)..]).TrimEnd('0').PadRight(picture.MinFraction, '0');
        int separators = picture.RegularGroup > 0 ? whole.Length / picture.RegularGroup : picture.IntegerGroups.Count;
        separators += picture.FractionGroups.Count;

        // Inserting a separator moves all characters after it.
        evaluator.CheckText(whole.Length + part.Length + ((long)separators * _symbols.GroupingSeparator.Length));
        evaluator.Charge((long)separators * (whole.Length + part.Length + _symbols.GroupingSeparator.Length) / 64);
        string text = Localise(GroupInteger(picture, whole));
        if (picture.HasDecimalSeparator && part.Length > 0)
        {
            text += _symbols.DecimalSeparator + GroupFraction(picture, Localise(part));
        }

        if (exponent is { } power)
        {
            string sign = power < 0 ? _symbols.MinusSign : string.Empty;
            string powerDigits = Math.Abs(power).ToString(CultureInfo.InvariantCulture).PadLeft(picture.MinExponent, '0');
            text += _symbols.ExponentSeparator + sign + Localise(powerDigits);
        }

        return (value >= 0 ? picture.Prefix : _negativePrefix) + text + picture.Suffix;
    }

    /// <summary>Scales the mantissa to the number of integer digits of the picture, and returns the exponent.</summary>
    private static int Normalise(ref double mantissa, int scaling)
    {
        double most = Math.Pow(10, scaling);
        double least = Math.Pow(10, scaling - 1);
        int exponent = 0;
        if (mantissa == 0 || !double.IsFinite(most))
        {
            return 0;
        }

        while (Math.Abs(mantissa) < least)
        {
            mantissa *= 10;
            exponent--;
        }

        while (Math.Abs(mantissa) > most && double.IsFinite(mantissa))
        {
            mantissa /= 10;
            exponent++;
        }

        return exponent;
    }

    private string GroupFraction(NumberSubPicture picture, string text)
    {
        foreach (int position in picture.FractionGroups)
        {
            text = position <= text.Length ? text.Insert(position, _symbols.GroupingSeparator) : text;
        }

        return text;
    }

    private string GroupInteger(NumberSubPicture picture, string text)
    {
        if (picture.RegularGroup > 0)
        {
            for (int at = text.Length - picture.RegularGroup; at > 0; at -= picture.RegularGroup)
            {
                text = text.Insert(at, _symbols.GroupingSeparator);
            }

            return text;
        }

        int length = text.Length;
        foreach (int position in picture.IntegerGroups)
        {
            int at = length - position;
            if (at >= 0)
            {
                text = text.Insert(at, _symbols.GroupingSeparator);
                length += _symbols.GroupingSeparator.Length;
            }
        }

        return text;
    }

    private string Localise(string digits) =>
        _symbols.ZeroDigit == '0' ? digits
        : string.Concat(digits.Select(c => char.IsAsciiDigit(c) ? (char)(c - '0' + _symbols.ZeroDigit) : c));
}
