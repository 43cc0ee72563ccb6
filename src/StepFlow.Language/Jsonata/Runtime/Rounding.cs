using System.Globalization;

namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>Rounding as $round does it.</summary>
internal static class Rounding
{
    /// <summary>Rounds to a number of digits after the point, halves to even. Values that are not finite do not change.</summary>
    public static double HalfEven(double value, int precision)
    {
        if (!double.IsFinite(value))
        {
            return value;
        }

        if (precision != 0)
        {
            double shifted = Shift(value, precision);
            if (!double.IsFinite(shifted))
            {
                // The value has fewer digits after the point than the precision.
                return value;
            }

            value = shifted;
        }

        double result = Math.Floor(value);
        result += value - result >= 0.5 ? 1 : 0;
        if (Math.Abs(result - value) == 0.5 && Math.Abs(result % 2) == 1)
        {
            result--;
        }

        if (precision != 0)
        {
            result = Shift(result, -precision);
        }

        return result == 0 ? 0 : result;
    }

    /// <summary>Moves the decimal point in the text of the number, because a multiplication would add rounding errors.</summary>
    private static double Shift(double value, int digits)
    {
        string text = JsonataStrings.OfDouble(value);
        int at = text.IndexOf('e', StringComparison.Ordinal);
        int exponent = at < 0 ? 0 : int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = at < 0 ? text : text[..at];
        return double.Parse($"{mantissa}e{(exponent + digits).ToString(CultureInfo.InvariantCulture)}", NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
