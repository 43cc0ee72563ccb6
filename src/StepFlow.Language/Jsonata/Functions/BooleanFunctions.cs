namespace StepFlow.Language.Jsonata.Functions;

/// <summary>$boolean, $not, $exists, $type, $error, $assert.</summary>
internal static class BooleanFunctions
{
    public static readonly NativeFunction[] All =
    [
        new("boolean", "<x-:b>", 1, (e, a) => a[0] is null ? null : Truth.Of(e, a[0])),
        new("not", "<x-:b>", 1, (e, a) => a[0] is null ? null : !Truth.Of(e, a[0])),
        new("exists", "<x:b>", 1, (_, a) => a[0] is not null),
        new("type", "<x:s>", 1, (_, a) => TypeOf(a[0])),
        new("error", "<s?:x>", 1, (_, a) => throw new JsonataException("D3137") { Text = NonEmpty(a[0]) ?? "$error() function evaluated" }),
        new("assert", "<bs?:x>", 2, (e, a) => Truth.Of(e, a[0])
            ? null
            : throw new JsonataException("D3141") { Text = NonEmpty(a[1]) ?? "$assert() statement failed" }),
    ];

    private static string? NonEmpty(JsonValue? value) => StringFunctions.Text(value) is { Length: > 0 } text ? text : null;

    private static JsonString? TypeOf(JsonValue? value) => value switch
    {
        null => null,
        JsonNull => new("null"),
        JsonNumber number => new(Numbers.IsNumeric(number) ? "number" : "object"),
        JsonString => new("string"),
        JsonBoolean => new("boolean"),
        JsonArray or Sequence => new("array"),
        JsonObject => new("object"),
        _ => new("function"),
    };
}
