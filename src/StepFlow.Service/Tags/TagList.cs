namespace StepFlow.Service.Tags;

/// <summary>Tags in requests: a list of keys and values. They are stored as an object, so the last value of a key is used.</summary>
internal static class TagList
{
    /// <summary>The tags of a request laid over those there are.</summary>
    /// <exception cref="ApiException"><c>TooManyTags</c>.</exception>
    public static JsonObject Merge(JsonObject tags, JsonArray? given, string arn)
    {
        foreach (JsonValue tag in given ?? JsonArray.Empty)
        {
            if (tag is JsonObject { } pair && pair.Text("key") is { } key)
            {
                tags = tags.With(key, pair.Text("value") ?? string.Empty);
            }
        }

        return tags.Count <= ServiceOptions.MaxTags ? tags : throw ApiErrors.TooManyTags(arn);
    }

    /// <summary>The tags as a response holds them.</summary>
    public static JsonArray ToWire(JsonObject tags) =>
        JsonArray.From(tags.Select(tag => (JsonValue)JsonObject.Create(("key", tag.Key), ("value", tag.Value))));
}
