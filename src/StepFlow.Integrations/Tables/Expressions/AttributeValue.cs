using System.Globalization;
using System.Text;

namespace StepFlow.Integrations.Tables.Expressions;

/// <summary>DynamoDB's attribute values: an object of one member whose name is the type (DynamoDB API, AttributeValue).</summary>
internal static class AttributeValue
{
    public const string Text = "S";
    public const string Number = "N";
    public const string Binary = "B";
    public const string Boolean = "BOOL";
    public const string Null = "NULL";
    public const string Map = "M";
    public const string List = "L";

    public static string? TypeOf(JsonValue? value) => value is JsonObject { Count: 1 } single ? single.AsSpan()[0].Key : null;

    public static JsonValue Content(JsonValue value) => ((JsonObject)value).AsSpan()[0].Value;

    public static JsonObject OfText(string text) => JsonObject.Create((Text, text));

    public static JsonObject OfNumber(decimal number) => JsonObject.Create((Number, Format(number)));

    public static JsonObject OfMap(JsonObject map) => JsonObject.Create((Map, map));

    public static JsonObject OfList(JsonArray list) => JsonObject.Create((List, list));

    public static decimal? NumberOf(JsonValue? value) =>
        TypeOf(value) == Number && Content(value!) is JsonString text
        && decimal.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : null;

    /// <summary>The problem of a value; null if it is valid.</summary>
    public static string? Check(JsonValue? value)
    {
        string? type = TypeOf(value);
        JsonValue? content = type is null ? null : Content(value!);
        bool right = (type, content) switch
        {
            (Text or Binary, JsonString) => true,
            (Number, JsonString) => NumberOf(value) is not null,
            (Boolean or Null, JsonBoolean) => true,
            ("SS" or "NS" or "BS", JsonArray { Count: > 0 } set) => set.All(static item => item is JsonString),
            (List, JsonArray) => true,
            (Map, JsonObject) => true,
            _ => false,
        };
        if (!right)
        {
            return type == Number
                ? $"The parameter cannot be converted to a numeric value: {Shown(content)}"
                : "Supplied AttributeValue is not one of {\"S\": text}, {\"N\": text}, {\"B\": text}, {\"BOOL\": true | false}, {\"NULL\": true}, {\"SS\" | \"NS\" | \"BS\": [text, …]}, {\"L\": […]}, {\"M\": {…}}: " + Shown(value);
        }

        return content switch
        {
            JsonArray list when type == List => list.Select(Check).FirstOrDefault(static problem => problem is not null),
            JsonObject map => map.Select(static pair => Check(pair.Value)).FirstOrDefault(static problem => problem is not null),
            _ => null,
        };
    }

    /// <summary>Whether two values are the same; sets regardless of order.</summary>
    public static bool AreEqual(JsonValue left, JsonValue right)
    {
        string? type = TypeOf(left);
        return type == TypeOf(right) && type switch
        {
            Number => NumberOf(left) == NumberOf(right),
            "SS" or "NS" or "BS" => ((JsonArray)Content(left)).ToHashSet().SetEquals((JsonArray)Content(right)),
            _ => left == right,
        };
    }

    /// <summary>The order of two values; null where they have none.</summary>
    public static int? Compare(JsonValue left, JsonValue right)
    {
        string? type = TypeOf(left);
        return type != TypeOf(right) ? null : type switch
        {
            Number when NumberOf(left) is { } a && NumberOf(right) is { } b => a.CompareTo(b),
            Text => CompareBytes(Encoding.UTF8.GetBytes(TextOf(left)), Encoding.UTF8.GetBytes(TextOf(right))),
            Binary => string.CompareOrdinal(TextOf(left), TextOf(right)),
            _ => null,
        };
    }

    public static string TextOf(JsonValue value) => Content(value) is JsonString text ? text.Value : string.Empty;

    /// <summary>A key attribute as a part of a <see cref="TableKey"/>; null where its type cannot be a key.</summary>
    public static string? KeyPart(JsonValue? value) => TypeOf(value) switch
    {
        Text => "S:" + TextOf(value!),
        Number when NumberOf(value) is { } number => "N:" + Format(number),
        Binary => "B:" + TextOf(value!),
        _ => null,
    };

    /// <summary>The sum of two numbers; null where it is out of range (28 digits here).</summary>
    public static JsonObject? Add(decimal left, decimal right) =>
        Math.Abs((double)left + (double)right) < 7.9e28 ? OfNumber(left + right) : null;

    // Normalised, so that 1.0 and 1 are one key.
    private static string Format(decimal number) => (number / 1.000000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);

    private static int CompareBytes(byte[] left, byte[] right) => left.AsSpan().SequenceCompareTo(right);

    private static string Shown(JsonValue? value) => value?.ToString() ?? "nothing";
}
