using System.Globalization;

namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>
/// Formats doubles as decimal digits. Halves are rounded away from zero, as by JavaScript's toFixed and toPrecision. .NET
/// rounds them to even.
/// </summary>
internal static class DecimalText
{
    /// <summary>The number of additional digits that are needed to recognize a half. A double has a finite number of digits.</summary>
    private const int Guard = 30;

    /// <summary>A value that is not negative, with so many digits after the point.</summary>
    public static string Fixed(double value, int fraction)
    {
        string exact = value.ToString("F" + (fraction + Guard).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Round(exact, fraction);
    }

    /// <summary>The double nearest to the value with so many significant digits.</summary>
    public static double Precise(double value, int digits)
    {
        string exact = Math.Abs(value).ToString("E" + Guard.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int exponent = exact.IndexOf('E', StringComparison.Ordinal);
        double rounded = double.Parse(Round(exact[..exponent], digits - 1) + exact[exponent..], CultureInfo.InvariantCulture);
        return value < 0 ? -rounded : rounded;
    }

    /// <summary>Shortens a decimal number to so many digits after the point.</summary>
    private static string Round(string text, int fraction)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int end = point + 1 + fraction;
        char[] digits = text[..(fraction == 0 ? point : end)].ToCharArray();
        if (text[end] < '5')
        {
            return new(digits);
        }

        for (int i = digits.Length - 1; i >= 0; i--)
        {
            if (digits[i] == '.')
            {
                continue;
            }

            if (digits[i] != '9')
            {
                digits[i]++;
                return new(digits);
            }

            digits[i] = '0';
        }

        return "1" + new string(digits);
    }
}
