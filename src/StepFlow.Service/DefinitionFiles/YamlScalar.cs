using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace StepFlow.Service.DefinitionFiles;

/// <summary>The value of a plain scalar of YAML, by the core schema of YAML 1.2. <c>yes</c> and <c>on</c> are texts.</summary>
internal static partial class YamlScalar
{
    /// <summary>The value of a plain scalar; null for one that JSON cannot represent (<c>.inf</c>, <c>.nan</c>).</summary>
    public static JsonValue? Resolve(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return JsonValue.Null;
            case "true" or "True" or "TRUE":
                return JsonValue.True;
            case "false" or "False" or "FALSE":
                return JsonValue.False;
        }

        if (Decimal().IsMatch(text))
        {
            return Number(BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));
        }

        if (Prefixed().Match(text) is { Success: true } prefixed)
        {
            return Prefix(prefixed.Groups["base"].Value, prefixed.Groups["digits"].Value);
        }

        if (Fraction().Match(text) is { Success: true } parts)
        {
            string whole = parts.Groups["whole"].Value.TrimStart('0');
            string fraction = parts.Groups["fraction"].Value;
            return Number($"{(parts.Groups["sign"].Value == "-" ? "-" : string.Empty)}{(whole.Length == 0 ? "0" : whole)}{(fraction.Length == 0 ? string.Empty : "." + fraction)}{parts.Groups["exponent"].Value}");
        }

        return NotFinite().IsMatch(text) ? null : new JsonString(text);
    }

    private static JsonValue? Prefix(string kind, string digits)
    {
        BigInteger value = BigInteger.Zero;
        int radix = kind == "x" ? 16 : 8;
        foreach (char digit in digits)
        {
            value = (value * radix) + Convert.ToInt32(digit.ToString(), 16);
        }

        return Number(value.ToString(CultureInfo.InvariantCulture));
    }

    private static JsonValue? Number(string json) => JsonValue.ParseOrNull(json);

    [GeneratedRegex("^[-+]?[0-9]+$")]
    private static partial Regex Decimal();

    [GeneratedRegex("^0(?<base>[xo])(?<digits>[0-9a-fA-F]+)$")]
    private static partial Regex Prefixed();

    [GeneratedRegex(@"^(?<sign>[-+]?)(?:(?<whole>[0-9]+)(?:\.(?<fraction>[0-9]*))?|\.(?<fraction>[0-9]+))(?<exponent>(?:[eE][-+]?[0-9]+)?)$")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$")]
    private static partial Regex NotFinite();
}
