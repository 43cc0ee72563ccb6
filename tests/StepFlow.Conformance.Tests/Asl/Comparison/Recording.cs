using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Comparison;

/// <summary>Converts a response to the form of the recordings.</summary>
internal static class Recording
{
    /// <summary>
    /// Parses the values of object members that are texts beginning with a brace, where they are JSON; not again
    /// inside what was parsed. Of ResponseMetadata only the status code stays, with empty headers.
    /// </summary>
    public static JsonValue Of(JsonValue value)
    {
        switch (value)
        {
            case JsonArray array:
                return JsonArray.From(array.Select(Of));
            case JsonObject members:
                var builder = new JsonObjectBuilder(members.Count);
                foreach (KeyValuePair<string, JsonValue> member in members)
                {
                    builder.Set(member.Key, Member(member.Value));
                }

                return builder.Build();
            default:
                return value;
        }
    }

    /// <summary>A single text, as it would be the value of a member.</summary>
    public static JsonValue Member(JsonValue value) =>
        value is JsonString { Value: ['{', ..] } text && JsonValue.ParseOrNull(text.Value) is { } parsed ? parsed : Of(value);
}
