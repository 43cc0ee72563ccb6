using StepFlow.Integrations.Tables.Expressions;

namespace StepFlow.Integrations.Tables;

/// <summary>Between plain JSON and attribute values.</summary>
internal static class PlainJson
{
    public static JsonObject ToAttribute(JsonValue value) => value switch
    {
        JsonString text => AttributeValue.OfText(text.Value),
        JsonNumber number => JsonObject.Create((AttributeValue.Number, number.Text)),
        JsonBoolean boolean => JsonObject.Create((AttributeValue.Boolean, boolean)),
        JsonArray list => AttributeValue.OfList(JsonArray.From(list.Select(ToAttribute))),
        JsonObject map => AttributeValue.OfMap(ToAttributes(map)),
        _ => JsonObject.Create((AttributeValue.Null, JsonValue.True)),
    };

    public static JsonObject ToAttributes(JsonObject members) => Map(members, ToAttribute);

    public static JsonObject FromAttributes(JsonObject attributes) => Map(attributes, FromAttribute);

    private static JsonValue FromAttribute(JsonValue value) => AttributeValue.TypeOf(value) switch
    {
        AttributeValue.Number => JsonValue.ParseOrNull(AttributeValue.TextOf(value)) ?? AttributeValue.Content(value),
        AttributeValue.Null => JsonValue.Null,
        AttributeValue.List => JsonArray.From(((JsonArray)AttributeValue.Content(value)).Select(FromAttribute)),
        AttributeValue.Map => FromAttributes((JsonObject)AttributeValue.Content(value)),
        _ => AttributeValue.Content(value),
    };

    private static JsonObject Map(JsonObject members, Func<JsonValue, JsonValue> convert) =>
        JsonObject.Create([.. members.Select(member => (member.Key, convert(member.Value)))]);
}
