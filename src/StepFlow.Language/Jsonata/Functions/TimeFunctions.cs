using StepFlow.Language.Jsonata.Pictures;

namespace StepFlow.Language.Jsonata.Functions;

/// <summary>$now, $millis, $fromMillis, $toMillis. Now is the instant of the environment.</summary>
internal static class TimeFunctions
{
    public static readonly NativeFunction[] All =
    [
        new("now", "<s?s?:s>", 2, (e, a) => Format(e, Now(e), a[0], a[1]), steps: 12),
        new("millis", "<:n>", 0, (e, _) => Now(e)),
        new("fromMillis", "<n-s?s?:s>", 3, (e, a) => a[0] is JsonNumber number ? Format(e, number, a[1], a[2]) : null, steps: 12),
        new("toMillis", "<s-s?:n>", 2, ToMillis, steps: 12),
    ];

    private static JsonNumber Now(Evaluator evaluator) => JsonNumber.Create(evaluator.Instant.ToUnixTimeMilliseconds());

    private static JsonString Format(Evaluator evaluator, JsonNumber milliseconds, JsonValue? picture, JsonValue? timezone)
    {
        DateTimePicture parts = StringFunctions.Text(picture) is { } text ? DateTimePicture.Known.Get(evaluator, text) : DateTimePicture.Iso8601;
        return evaluator.Text(DateTimeFormatter.Format(evaluator, milliseconds.ToDouble(), parts, StringFunctions.Text(timezone)));
    }

    private static JsonNumber? ToMillis(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (StringFunctions.Text(arguments[0]) is not { } text)
        {
            return null;
        }

        if (StringFunctions.Text(arguments[1]) is not { } picture)
        {
            return Iso8601.Read(text) is { } instant
                ? JsonNumber.Create(instant)
                : throw new JsonataException("D3110") { Value = arguments[0] };
        }

        return DateTimeReader.Read(evaluator, text, DateTimePicture.Known.Get(evaluator, picture)) is { } read ? Numbers.Create(evaluator, read) : null;
    }
}
