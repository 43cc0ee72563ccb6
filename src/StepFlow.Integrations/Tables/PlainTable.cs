using System.Collections.Frozen;
using System.Globalization;

namespace StepFlow.Integrations.Tables;

/// <summary>
/// A table operation of <c>azure:table</c>, with items as plain JSON: <c>azure:table:getItem</c> (Table, Key),
/// <c>putItem</c> (Table, Item), <c>updateItem</c> (Table, Key, Set, Remove), <c>deleteItem</c> (Table, Key),
/// <c>query</c> (Table, Key of the partition, Index). Expressions and placeholders are those of DynamoDB, with plain values.
/// </summary>
/// <param name="inner">The operation in DynamoDB's form.</param>
internal sealed class PlainTable(string action, ITaskIntegration inner) : ITaskIntegration
{
    /// <summary>The service, as Resources name it.</summary>
    public const string Service = "azure:table";

    public string Name => $"{Service}:{action}";

    private static readonly FrozenDictionary<string, string> Required = new Dictionary<string, string>
    {
        ["getItem"] = "Key",
        ["putItem"] = "Item",
        ["updateItem"] = "Key",
        ["deleteItem"] = "Key",
        ["query"] = "Key",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        JsonObjectBuilder request = new JsonObjectBuilder().Set("TableName", arguments.RequiredText("Table"));
        JsonObjectBuilder names = Copy(arguments.Object("ExpressionAttributeNames"));
        JsonObjectBuilder values = Copy(arguments.Object("ExpressionAttributeValues") is { } given ? PlainJson.ToAttributes(given) : null);
        request.SetIfPresent("Item", arguments.Object("Item") is { } item ? PlainJson.ToAttributes(item) : null);
        foreach (string same in (ReadOnlySpan<string>)["ConditionExpression", "FilterExpression", "ProjectionExpression", "Limit", "ScanIndexForward"])
        {
            request.SetIfPresent(same, arguments.Value(same));
        }

        request.SetIfPresent("IndexName", arguments.Value("Index"));
        request.SetIfPresent("ExclusiveStartKey", arguments.Object("ExclusiveStartKey") is { } after ? PlainJson.ToAttributes(after) : null);
        JsonObject? key = arguments.Object("Key");
        if (action == "query")
        {
            request.Set("KeyConditionExpression", Join(key, " AND ", "=", names, values));
        }
        else
        {
            request.SetIfPresent("Key", key is null ? null : PlainJson.ToAttributes(key));
        }

        AddUpdate(arguments, request, names, values);
        if (Required.TryGetValue(action, out string? required) && arguments.Value(required) is null)
        {
            arguments.Refuse(TaskErrors.MissingArgument(required));
        }

        if (arguments.Problem is { } problem)
        {
            return TableErrors.Invalid(call, problem);
        }

        request.SetIfPresent("ExpressionAttributeNames", names.Count > 0 ? names.Build() : null);
        request.SetIfPresent("ExpressionAttributeValues", values.Count > 0 ? values.Build() : null);
        TaskOutcome outcome = await inner.RunAsync(call with { Arguments = request.Build() }, cancellationToken);
        return outcome is TaskCompleted { Output: JsonObject response } ? new TaskCompleted(Plain(response)) : outcome;
    }

    private static void AddUpdate(ArgumentReader arguments, JsonObjectBuilder request, JsonObjectBuilder names, JsonObjectBuilder values)
    {
        JsonObject? set = arguments.Object("Set");
        JsonArray? remove = arguments.Array("Remove");
        List<string> clauses = [];
        if (set is { Count: > 0 })
        {
            clauses.Add("SET " + Join(set, ", ", "=", names, values));
        }

        if (remove is { Count: > 0 })
        {
            clauses.Add("REMOVE " + string.Join(", ", remove.Select(attribute => NamePlaceholder(names, attribute is JsonString text ? text.Value : attribute.ToString()))));
        }

        if (clauses.Count > 0)
        {
            request.Set("UpdateExpression", string.Join(' ', clauses)).Set("ReturnValues", "ALL_NEW");
        }
    }

    private static string Join(JsonObject? members, string separator, string symbol, JsonObjectBuilder names, JsonObjectBuilder values) =>
        string.Join(separator, (members ?? JsonObject.Empty).Select(member =>
        {
            string value = ":p" + values.Count.ToString(CultureInfo.InvariantCulture);
            values.Set(value, PlainJson.ToAttribute(member.Value));
            return $"{NamePlaceholder(names, member.Key)} {symbol} {value}";
        }));

    private static string NamePlaceholder(JsonObjectBuilder names, string attribute)
    {
        string name = "#p" + names.Count.ToString(CultureInfo.InvariantCulture);
        names.Set(name, attribute);
        return name;
    }

    private static JsonObjectBuilder Copy(JsonObject? members) => new JsonObjectBuilder().SetAll((members ?? JsonObject.Empty).AsSpan());

    private static JsonObject Plain(JsonObject response)
    {
        foreach (string member in (ReadOnlySpan<string>)["Item", "Attributes", "LastEvaluatedKey"])
        {
            if (response[member] is JsonObject attributes)
            {
                response = response.With(member, PlainJson.FromAttributes(attributes));
            }
        }

        return response["Items"] is JsonArray items
            ? response.With("Items", JsonArray.From(items.Select(static item => PlainJson.FromAttributes((JsonObject)item))))
            : response;
    }
}
