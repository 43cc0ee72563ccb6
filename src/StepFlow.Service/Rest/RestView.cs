using System.Globalization;
using StepFlow.Language.Json;

namespace StepFlow.Service.Rest;

/// <summary>Shows an operation's response to people: instants as ISO 8601, JSON texts as JSON values.</summary>
internal static class RestView
{
    private static readonly HashSet<string> Embedded = new(StringComparer.Ordinal) { "input", "output", "definition", "parameters" };

    /// <summary>The response as the REST face shows it.</summary>
    public static JsonValue Of(JsonValue value) => value switch
    {
        JsonObject structure => structure.Aggregate(
            new JsonObjectBuilder(structure.Count),
            (builder, member) => builder.Set(member.Key, Member(member.Key, member.Value))).Build(),
        JsonArray list => JsonArray.From(list.Select(Of)),
        _ => value,
    };

    private static JsonValue Member(string name, JsonValue value) => value switch
    {
        JsonNumber number when name == "timestamp" || name.EndsWith("Date", StringComparison.Ordinal) =>
            DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(number.ToDouble() * 1000)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        JsonString { Value: var text } when Embedded.Contains(name) => JsonValue.ParseOrNull(text) ?? value,
        _ => Of(value),
    };
}
