using System.Globalization;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tables;

/// <summary>
/// A table operation under its own name, with items as plain JSON: <c>azure:table:getItem</c> (Table, Key),
/// <c>putItem</c> (Table, Item), <c>updateItem</c> (Table, Key, Set, Remove), <c>deleteItem</c> (Table, Key),
/// <c>query</c> (Table, Key of the partition). ConditionExpression with its placeholders is DynamoDB's, its values plain.
/// </summary>
/// <param name="action">The action.</param>
/// <param name="inner">The operation in DynamoDB's form.</param>
internal sealed class PlainTable(string action, ITaskIntegration inner) : ITaskIntegration
{
    private static readonly TaskResource Sdk = TaskResource.Parse("arn:aws:states:::aws-sdk:dynamodb:any");

    public string Name => "azure:table:" + action;

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        JsonObjectBuilder request = new JsonObjectBuilder().Set("TableName", arguments.RequiredText("Table"));
        JsonObjectBuilder names = Copy(arguments.Object("ExpressionAttributeNames"));
        JsonObjectBuilder values = Copy(arguments.Object("ExpressionAttributeValues"), PlainJson.ToAttribute);
        request.SetIfPresent("Item", arguments.Object("Item") is { } item ? PlainJson.ToAttributes(item) : null);
        request.SetIfPresent("ConditionExpression", arguments.Value("ConditionExpression"));
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
        if (arguments.Problem is { } problem)
        {
            return TableErrors.Invalid(call with { Resource = Sdk }, problem);
        }

        if (names.Count > 0)
        {
            request.Set("ExpressionAttributeNames", names.Build());
        }

        if (values.Count > 0)
        {
            request.Set("ExpressionAttributeValues", values.Build());
        }

        TaskOutcome outcome = await inner.RunAsync(call with { Arguments = request.Build(), Resource = Sdk }, cancellationToken);
        return outcome is TaskCompleted { Output: JsonObject answer } ? new TaskCompleted(Plain(answer)) : outcome;
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

    private static JsonObjectBuilder Copy(JsonObject? members, Func<JsonValue, JsonValue>? convert = null)
    {
        var copy = new JsonObjectBuilder();
        foreach ((string name, JsonValue value) in members ?? JsonObject.Empty)
        {
            copy.Set(name, convert?.Invoke(value) ?? value);
        }

        return copy;
    }

    private static JsonObject Plain(JsonObject answer)
    {
        foreach (string member in (ReadOnlySpan<string>)["Item", "Attributes", "LastEvaluatedKey"])
        {
            if (answer[member] is JsonObject attributes)
            {
                answer = answer.With(member, PlainJson.FromAttributes(attributes));
            }
        }

        return answer["Items"] is JsonArray items
            ? answer.With("Items", JsonArray.From(items.Select(static item => PlainJson.FromAttributes((JsonObject)item))))
            : answer;
    }
}
