using System.Globalization;
using System.Text.Json;

namespace StepFlow.Language.Json;

/// <summary>
/// A JSON number: a 64-bit integer, or a double with the text from which it was read.
/// So a number that was not computed is written exactly as it was read.
/// </summary>
public sealed class JsonNumber : JsonValue
{
    private const int SmallMin = -128;
    private const int SmallMax = 1023;
    private static readonly JsonNumber[] Small = CreateSmall();

    /// <summary>Marks a number that was computed. Its text is that of the double.</summary>
    private const string Computed = "";

    private readonly long _bits;
    private readonly string? _text;

    private JsonNumber(long value) => _bits = value;

    private JsonNumber(double value, string text)
    {
        _bits = BitConverter.DoubleToInt64Bits(value);
        _text = text;
    }

    /// <summary>Whether the value is an integer of 64 bits, written without fraction or exponent.</summary>
    public bool IsInteger => _text is null;

    public override JsonKind Kind => JsonKind.Number;

    public override long Utf8Length => IsInteger ? CountDigits(_bits) : Text.Length;

    /// <summary>The text that is written for this number.</summary>
    public string Text => _text switch
    {
        null => _bits.ToString(CultureInfo.InvariantCulture),
        Computed => Format(ToDouble()),
        _ => _text,
    };

    /// <summary>A number for an integer.</summary>
    public static JsonNumber Create(long value) =>
        value is >= SmallMin and <= SmallMax ? Small[value - SmallMin] : new JsonNumber(value);

    /// <summary>A number for a double: an integer where the double is one exactly and fits in 2^53.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite: JSON cannot hold it.</exception>
    public static JsonNumber Create(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "JSON has no non-finite numbers.");
        }

        return Math.Abs(value) <= 9007199254740992d && Math.Floor(value) == value
            ? Create((long)value)
            : new JsonNumber(value, Computed);
    }

    /// <summary>A number of thousandths, as <see cref="Create(double)"/> of the fraction: an instant has milliseconds, and each response has some instants.</summary>
    /// <param name="thousandths">How many.</param>
    public static JsonNumber OfThousandths(long thousandths)
    {
        (long whole, long rest) = Math.DivRem(thousandths, 1000);
        if (rest == 0)
        {
            return Create(whole);
        }

        if (whole is < 0 or > 999_999_999_999 || rest < 0)
        {
            return Create(thousandths / 1000d);
        }

        string text = rest % 100 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{whole}.{rest / 100}")
            : rest % 10 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{whole}.{rest / 10:D2}")
            : string.Create(CultureInfo.InvariantCulture, $"{whole}.{rest:D3}");
        return new(thousandths / 1000d, text);
    }

    /// <summary>The integer, where the value is one (also 1.0 or 1e3 count).</summary>
    public bool TryGetInt64(out long value)
    {
        value = _bits;
        if (IsInteger)
        {
            return true;
        }

        double number = ToDouble();
        if (Math.Floor(number) == number && number is >= -9.2233720368547758E+18 and < 9.2233720368547758E+18)
        {
            value = (long)number;
            return true;
        }

        return false;
    }

    /// <summary>The value as a double; integers beyond 2^53 are rounded.</summary>
    public double ToDouble() => IsInteger ? _bits : BitConverter.Int64BitsToDouble(_bits);

    /// <summary>Compares by magnitude; integers exactly.</summary>
    public int CompareTo(JsonNumber other) =>
        IsInteger && other.IsInteger ? _bits.CompareTo(other._bits) : ToDouble().CompareTo(other.ToDouble());

    public override void WriteTo(Utf8JsonWriter writer)
    {
        if (IsInteger)
        {
            writer.WriteNumberValue(_bits);
        }
        else
        {
            writer.WriteRawValue(Text, skipInputValidation: true);
        }
    }

    public override bool Equals(JsonValue? other) => other is JsonNumber number && CompareTo(number) == 0;

    public override int GetHashCode()
    {
        // Combined with the seed of the process, so nobody can construct numbers with the same hash code.
        long bits = BitConverter.DoubleToInt64Bits(ToDouble() + 0.0);
        return HashCode.Combine((int)bits, (int)(bits >> 32));
    }

    internal static JsonNumber FromText(string text, double value) => new(value, text);

    /// <summary>Shortest round-trip text with JavaScript's thresholds for exponents (1e+21, 1e-7).</summary>
    private static string Format(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int at = text.IndexOf('E', StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        int exponent = int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        bool negative = text[0] == '-';
        string mantissa = text[(negative ? 1 : 0)..at];
        string digits = mantissa.Replace(".", string.Empty, StringComparison.Ordinal);
        string unsigned = exponent switch
        {
            >= 21 or <= -7 => $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}",
            < 0 => "0." + new string('0', -exponent - 1) + digits,
            _ => digits.PadRight(exponent + 1, '0'),
        };
        return negative ? "-" + unsigned : unsigned;
    }

    private static int CountDigits(long value)
    {
        if (value is >= 0 and < 1000)
        {
            return value < 10 ? 1 : value < 100 ? 2 : 3;
        }

        int count = value < 0 ? 2 : 1;
        for (; value is >= 10 or <= -10; value /= 10)
        {
            count++;
        }

        return count;
    }

    private static JsonNumber[] CreateSmall()
    {
        var numbers = new JsonNumber[SmallMax - SmallMin + 1];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = new JsonNumber(i + SmallMin);
        }

        return numbers;
    }
}
