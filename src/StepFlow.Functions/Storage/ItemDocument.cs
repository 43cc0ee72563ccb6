using StepFlow.Integrations.Tables;

namespace StepFlow.Functions.Storage;

/// <summary>An item of a table in its document, with the outcomes of the last calls that changed it, the oldest first.</summary>
internal sealed record ItemDocument(JsonObject? Item, IReadOnlyList<(string Call, JsonObject Outcome)> Calls)
{
    /// <summary>So many outcomes stay with the item.</summary>
    private const int MaxCalls = 20;

    public static ItemDocument Empty { get; } = new(null, []);

    public static ItemDocument Read(JsonValue document)
    {
        var value = (JsonObject)document;
        var calls = new List<(string, JsonObject)>();
        foreach (JsonValue call in value["calls"] as JsonArray ?? JsonArray.Empty)
        {
            calls.Add((((JsonString)((JsonObject)call)["call"]!).Value, (JsonObject)((JsonObject)call)["outcome"]!));
        }

        return new(value["item"] as JsonObject, calls);
    }

    public JsonObject? OutcomeOf(string call)
    {
        foreach ((string known, JsonObject outcome) in Calls)
        {
            if (known == call)
            {
                return outcome;
            }
        }

        return null;
    }

    /// <summary>The document after a call.</summary>
    /// <param name="leaving">The outcomes that are removed. They must be stored elsewhere before this document is written.</param>
    public ItemDocument After(ItemChange change, string call, JsonObject outcome, out IReadOnlyList<(string Call, JsonObject Outcome)> leaving)
    {
        int left = Math.Max(0, Calls.Count + 1 - MaxCalls);
        leaving = [.. Calls.Take(left)];
        return new(change.Kind == ItemChangeKind.None ? Item : change.Item, [.. Calls.Skip(left), (call, outcome)]);
    }

    public JsonObject ToJson()
    {
        JsonObject document = JsonObject.Create(("calls", JsonArray.From(Calls.Select(static call =>
            (JsonValue)JsonObject.Create(("call", call.Call), ("outcome", call.Outcome))))));
        return Item is null ? document : document.With("item", Item);
    }
}
