using StepFlow.Language.Jsonata.Pictures;

namespace StepFlow.Language.Jsonata.Functions;

/// <summary>$formatNumber, $formatInteger, $parseInteger.</summary>
internal static class PictureFunctions
{
    public static readonly NativeFunction[] All =
    [
        new("formatNumber", "<n-so?:s>", 3, FormatNumber, steps: 40),
        new("formatInteger", "<n-s:s>", 2, FormatInteger, steps: 10),
        new("parseInteger", "<s-s:n>", 2, ParseInteger, steps: 10),
    ];

    private static JsonString? FormatNumber(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonNumber number)
        {
            return null;
        }

        string text = StringFunctions.Text(arguments[1]) ?? string.Empty;
        NumberPicture picture;
        if (arguments[2] is JsonObject options)
        {
            evaluator.Charge((long)text.Length * text.Length / 64);
            picture = new(text, new(options));
        }
        else
        {
            picture = NumberPicture.Known.Get(evaluator, text);
        }

        return evaluator.Text(picture.Format(evaluator, number.ToDouble()));
    }

    private static JsonString? FormatInteger(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments) => arguments[0] is JsonNumber number
        ? evaluator.Text(IntegerPicture.Known.Get(evaluator, StringFunctions.Text(arguments[1]) ?? string.Empty).Format(evaluator, Math.Floor(number.ToDouble())))
        : null;

    private static JsonNumber? ParseInteger(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments) =>
        StringFunctions.Text(arguments[0]) is { } text
            ? Numbers.Create(evaluator, IntegerPicture.Known.Get(evaluator, StringFunctions.Text(arguments[1]) ?? string.Empty).Parse(evaluator, text))
            : null;
}
