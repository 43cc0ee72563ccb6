using StepFlow.Runtime.Documents;

namespace StepFlow.Service.Rest;

/// <summary>Converts an operation's response for users: instants as ISO 8601, JSON texts as JSON values unless texts are requested.</summary>
internal static class RestView
{
    /// <summary>A member of a response, or an item of a list of that member, as REST shows it.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="asValues">Whether payloads are shown as JSON values; else as the texts that they are.</param>
    public static JsonValue Of(string name, JsonValue value, bool asValues) => value switch
    {
        JsonNumber number when name == "timestamp" || name.EndsWith("Date", StringComparison.Ordinal) =>
            IsoTime.Milliseconds(Instants.FromWire(number)),
        JsonString { Value: var text } when asValues && RestPayloads.OfResponses.Contains(name) => JsonValue.ParseOrNull(text) ?? value,
        _ => Of(value, asValues),
    };

    private static JsonValue Of(JsonValue value, bool asValues) => value switch
    {
        JsonObject structure => structure.Aggregate(
            new JsonObjectBuilder(structure.Count),
            (builder, member) => builder.Set(member.Key, Of(member.Key, member.Value, asValues))).Build(),
        JsonArray list => JsonArray.From(list.Select(item => Of(item, asValues))),
        _ => value,
    };
}
