namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>The characters of a number picture, each of which the caller may replace (XPath and XQuery Functions 3.1, section 4.7.1).</summary>
internal sealed class NumberSymbols(JsonObject? options)
{
    public string DecimalSeparator { get; } = Option(options, "decimal-separator", ".");

    public string GroupingSeparator { get; } = Option(options, "grouping-separator", ",");

    public string ExponentSeparator { get; } = Option(options, "exponent-separator", "e");

    public string MinusSign { get; } = Option(options, "minus-sign", "-");

    public string Percent { get; } = Option(options, "percent", "%");

    public string PerMille { get; } = Option(options, "per-mille", "\u2030");

    public char ZeroDigit { get; } = Option(options, "zero-digit", "0") is { Length: > 0 } zero ? zero[0] : '0';

    public string Digit { get; } = Option(options, "digit", "#");

    public string PatternSeparator { get; } = Option(options, "pattern-separator", ";");

    public bool IsDigit(char c) => c >= ZeroDigit && c < ZeroDigit + 10;

    public bool IsDigitOrOptional(char c) => IsDigit(c) || Is(c, Digit);

    /// <summary>Whether a character means something in a picture.</summary>
    public bool IsActive(char c) =>
        IsDigit(c) || Is(c, DecimalSeparator) || Is(c, ExponentSeparator) || Is(c, GroupingSeparator) || Is(c, Digit) || Is(c, PatternSeparator);

    public bool IsExponent(char c) => Is(c, ExponentSeparator);

    private static bool Is(char c, string symbol) => symbol.Length == 1 && symbol[0] == c;

    private static string Option(JsonObject? options, string name, string standard) => (options?[name] as JsonString)?.Value ?? standard;
}
