namespace StepFlow.Local.Definitions;

/// <summary>The Resources of a definition: of its Task states, and of the readers and writers of its Maps.</summary>
internal static class ResourceList
{
    private static readonly string[] Holders = ["ItemReader", "ResultWriter"];

    /// <summary>The states' names, with the Resource and its arguments as written.</summary>
    public static IEnumerable<(string State, string Resource, JsonObject? Arguments)> Of(JsonObject graph)
    {
        foreach ((string name, JsonValue value) in graph["States"] as JsonObject ?? JsonObject.Empty)
        {
            if (value is not JsonObject state)
            {
                continue;
            }

            foreach (JsonObject holder in (JsonObject[])[state, .. Holders.Select(member => state[member]).OfType<JsonObject>()])
            {
                if (holder["Resource"] is JsonString resource)
                {
                    yield return (name, resource.Value, (holder["Parameters"] ?? holder["Arguments"]) as JsonObject);
                }
            }

            IEnumerable<JsonObject> below = [.. new[] { state["ItemProcessor"], state["Iterator"] }.OfType<JsonObject>(), .. (state["Branches"] as JsonArray ?? JsonArray.Empty).OfType<JsonObject>()];
            foreach ((string, string, JsonObject?) one in below.SelectMany(Of))
            {
                yield return one;
            }
        }
    }
}
