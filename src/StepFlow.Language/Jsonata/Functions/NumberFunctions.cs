using System.Globalization;
using System.Numerics;
using System.Text;

namespace StepFlow.Language.Jsonata.Functions;

internal static class NumberFunctions
{
    public static readonly NativeFunction[] All =
    [
        new("number", "<(nsb)-:n>", 1, (e, a) => ToNumber(e, a[0]), steps: 6),
        new("floor", "<n-:n>", 1, (e, a) => Map(e, a[0], Math.Floor)),
        new("ceil", "<n-:n>", 1, (e, a) => Map(e, a[0], Math.Ceiling)),
        new("round", "<n-n?:n>", 2, (e, a) => a[0] is JsonNumber number ? Round(e, number, a[1] as JsonNumber) : null),
        new("abs", "<n-:n>", 1, Abs),
        new("sqrt", "<n-:n>", 1, Sqrt),
        new("power", "<n-n:n>", 2, Power, steps: 4),
        new("random", "<:n>", 0, (e, _) => JsonNumber.Create(e.Entropy.NextDouble())),
        new("formatBase", "<n-n?:s>", 2, FormatBase, steps: 6),
    ];

    /// <summary>More binary digits than the largest double has.</summary>
    private const int MaxRadixDigits = 1_100;

    private static JsonNumber? Map(Evaluator evaluator, JsonValue? value, Func<double, double> function) => value is not JsonNumber number
        ? null
        : number.IsInteger ? number : Numbers.Create(evaluator, function(number.ToDouble()));

    private static JsonNumber? ToNumber(Evaluator evaluator, JsonValue? value) => value switch
    {
        null => null,
        JsonNumber number => number,
        JsonBoolean boolean => JsonNumber.Create(boolean.Value ? 1 : 0),
        JsonString text when Parse(evaluator, text.Value) is { } parsed => parsed,
        _ => throw new JsonataException("D3030") { Value = value, Index = 1 },
    };

    private static JsonNumber? Parse(Evaluator evaluator, string text)
    {
        evaluator.ChargeScan(text.Length);
        if (text.Length > 2 && text[0] == '0' && char.ToLowerInvariant(text[1]) is 'x' or 'o' or 'b')
        {
            return ParseRadix(text.AsSpan(2), char.ToLowerInvariant(text[1]) switch { 'x' => 16, 'o' => 8, _ => 2 });
        }

        if (!IsDecimal(text))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer))
        {
            return JsonNumber.Create(integer);
        }

        double value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? JsonNumber.Create(value) : null;
    }

    private static JsonNumber? ParseRadix(ReadOnlySpan<char> digits, int radix)
    {
        digits = digits.TrimStart('0');
        if (digits.Length > MaxRadixDigits)
        {
            return null;
        }

        var value = BigInteger.Zero;
        foreach (char c in digits)
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
            {
                return null;
            }

            value = (value * radix) + digit;
        }

        double number = (double)value;
        return value <= long.MaxValue ? JsonNumber.Create((long)value) : double.IsFinite(number) ? JsonNumber.Create(number) : null;
    }

    /// <summary>Whether the text is [-]digits[.digits][e[+-]digits].</summary>
    private static bool IsDecimal(string text)
    {
        int at = text.StartsWith('-') ? 1 : 0;
        bool Digits()
        {
            int start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            return at > start;
        }

        if (!Digits())
        {
            return false;
        }

        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (!Digits())
            {
                return false;
            }
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            at += at < text.Length && text[at] is '+' or '-' ? 1 : 0;
            if (!Digits())
            {
                return false;
            }
        }

        return at == text.Length;
    }

    private static JsonNumber Round(Evaluator evaluator, JsonNumber number, JsonNumber? precision)
    {
        if (!double.IsFinite(number.ToDouble()))
        {
            throw new JsonataException("D1001") { Value = number };
        }

        int digits = precision is null ? 0 : (int)Math.Clamp(precision.ToDouble(), -400, 400);
        return number.IsInteger && digits >= 0 ? number : Numbers.Create(evaluator, Rounding.HalfEven(number.ToDouble(), digits));
    }

    private static JsonNumber? Abs(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonNumber number)
        {
            return null;
        }

        return number.IsInteger
            ? number.ToDouble() < 0 ? Numbers.Negate(evaluator, number) : number
            : Numbers.Create(evaluator, Math.Abs(number.ToDouble()));
    }

    private static JsonNumber? Sqrt(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonNumber number)
        {
            return null;
        }

        return number.ToDouble() < 0
            ? throw new JsonataException("D3060") { Value = number, Index = 1 }
            : Numbers.Create(evaluator, Math.Sqrt(number.ToDouble()));
    }

    private static JsonNumber? Power(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonNumber number)
        {
            return null;
        }

        double exponent = arguments[1] is JsonNumber given ? given.ToDouble() : double.NaN;
        double result = Math.Pow(number.ToDouble(), exponent);
        return double.IsFinite(result)
            ? Numbers.Create(evaluator, result)
            : throw new JsonataException("D3061") { Value = number, Value2 = arguments[1], Index = 1 };
    }

    private static JsonString? FormatBase(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonNumber number)
        {
            return null;
        }

        double radix = arguments[1] is JsonNumber given ? Rounding.HalfEven(given.ToDouble(), 0) : 10;
        if (!(radix >= 2 && radix <= 36))
        {
            throw new JsonataException("D3100") { Value = Numbers.Create(evaluator, radix) };
        }

        if (radix == 10)
        {
            return evaluator.Text(JsonataStrings.OfNumber(Round(evaluator, number, null)));
        }

        BigInteger value = number.TryGetInt64(out long integer) ? integer : new BigInteger(Round(evaluator, number, null).ToDouble());
        return evaluator.Text(ToBase(value, (int)radix));
    }

    private static string ToBase(BigInteger value, int radix)
    {
        if (value.IsZero)
        {
            return "0";
        }

        var digits = new StringBuilder();
        for (BigInteger rest = BigInteger.Abs(value); !rest.IsZero; rest /= radix)
        {
            digits.Insert(0, "0123456789abcdefghijklmnopqrstuvwxyz"[(int)(rest % radix)]);
        }

        return value.Sign < 0 ? "-" + digits : digits.ToString();
    }
}
