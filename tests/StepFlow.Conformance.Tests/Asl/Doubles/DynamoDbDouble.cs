using System.Text.RegularExpressions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>Tables with a partition key.</summary>
internal sealed partial class DynamoDbDouble(AwsResponses responses)
{
    private readonly Dictionary<string, (string Key, Dictionary<string, JsonObject> Items)> _tables = new(StringComparer.Ordinal);

    public void Add(string name, string partitionKey) => _tables[name] = (partitionKey, new(StringComparer.Ordinal));

    /// <summary>The service's response; null if the action has no double.</summary>
    /// <param name="action">The action, as Resources name it.</param>
    /// <param name="arguments">What it is called with.</param>
    /// <param name="sdk">Whether the response has the shape of the SDK integration.</param>
    public TaskOutcome? Run(string action, JsonObject arguments, bool sdk)
    {
        foreach (string required in action switch { "putItem" => (string[])["Item"], "getItem" or "deleteItem" or "updateItem" => ["Key"], _ => [] })
        {
            if (arguments[required] is not JsonObject)
            {
                return Invalid(sdk, $"Value null at '{char.ToLowerInvariant(required[0])}{required[1..]}' failed to satisfy constraint: Member must not be null");
            }
        }

        string name = AwsResponses.Text(arguments, "TableName") ?? string.Empty;
        if (!TableName().IsMatch(name))
        {
            return Invalid(sdk, $"Value '{name}' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
        }

        if (!_tables.TryGetValue(name, out (string Key, Dictionary<string, JsonObject> Items) table))
        {
            return sdk
                ? AwsResponses.SdkFailed("DynamoDb.ResourceNotFoundException", "Requested resource not found", "DynamoDb", 400)
                : AwsResponses.Failed("DynamoDB.ResourceNotFoundException", "Requested resource not found", "AmazonDynamoDBv2", 400, "ResourceNotFoundException");
        }

        JsonObject? returned = action switch
        {
            "putItem" => Put(table, (JsonObject)arguments["Item"]!),
            "getItem" => Get(table, (JsonObject)arguments["Key"]!),
            "deleteItem" => Delete(table, (JsonObject)arguments["Key"]!),
            "updateItem" => Update(table, arguments),
            "query" => Query(table, arguments),
            "scan" => Found([.. table.Items.Values]),
            _ => null,
        };
        if (returned is null)
        {
            return null;
        }

        return new TaskCompleted(sdk ? returned : responses.WithMetadata(
            returned,
            "application/x-amz-json-1.0",
            (int)returned.Utf8Length,
            [("Server", "Server"), ("Connection", "keep-alive"), ("x-amz-crc32", "2745614147")],
            // Reads and writes come from different servers, which spell the header differently.
            action == "getItem" ? "x-amzn-requestid" : "x-amzn-RequestId"));
    }

    private static TaskRejected Invalid(bool sdk, string problem)
    {
        string message = "1 validation error detected: " + problem;
        return sdk
            ? AwsResponses.SdkFailed("DynamoDb.DynamoDbException", message, "DynamoDb", 400)
            : AwsResponses.Failed("DynamoDB.AmazonDynamoDBException", message, "AmazonDynamoDBv2", 400, "ValidationException");
    }

    private static string KeyOf((string Key, Dictionary<string, JsonObject> Items) table, JsonObject item) => item[table.Key]?.ToString() ?? string.Empty;

    private static JsonObject Put((string Key, Dictionary<string, JsonObject> Items) table, JsonObject item)
    {
        table.Items[KeyOf(table, item)] = item;
        return JsonObject.Empty;
    }

    private static JsonObject Get((string Key, Dictionary<string, JsonObject> Items) table, JsonObject key) =>
        table.Items.TryGetValue(KeyOf(table, key), out JsonObject? item) ? JsonObject.Create(("Item", item)) : JsonObject.Empty;

    private static JsonObject Delete((string Key, Dictionary<string, JsonObject> Items) table, JsonObject key)
    {
        table.Items.Remove(KeyOf(table, key));
        return JsonObject.Empty;
    }

    private static JsonObject Update((string Key, Dictionary<string, JsonObject> Items) table, JsonObject arguments)
    {
        var key = (JsonObject)arguments["Key"]!;
        JsonObject item = table.Items.GetValueOrDefault(KeyOf(table, key)) ?? key;
        var changed = new JsonObjectBuilder();
        foreach (Match assignment in Assignment().Matches(AwsResponses.Text(arguments, "UpdateExpression") ?? string.Empty))
        {
            JsonValue value = ((JsonObject)arguments["ExpressionAttributeValues"]!)[assignment.Groups["value"].Value]!;
            item = item.With(assignment.Groups["name"].Value, value);
            changed.Set(assignment.Groups["name"].Value, value);
        }

        table.Items[KeyOf(table, key)] = item;
        return AwsResponses.Text(arguments, "ReturnValues") switch
        {
            "UPDATED_NEW" => JsonObject.Create(("Attributes", changed.Build())),
            "ALL_NEW" => JsonObject.Create(("Attributes", item)),
            _ => JsonObject.Empty,
        };
    }

    private static JsonObject Query((string Key, Dictionary<string, JsonObject> Items) table, JsonObject arguments)
    {
        Match condition = Equality().Match(AwsResponses.Text(arguments, "KeyConditionExpression") ?? string.Empty);
        JsonValue? wanted = (arguments["ExpressionAttributeValues"] as JsonObject)?[condition.Groups["value"].Value];
        JsonValue[] found = [.. table.Items.Values.Where(item => item[condition.Groups["name"].Value] == wanted)];
        return Found(found);
    }

    private static JsonObject Found(JsonValue[] items) => JsonObject.Create(("Count", items.Length), ("Items", JsonArray.From(items)), ("ScannedCount", items.Length));

    [GeneratedRegex(@"^[a-zA-Z0-9_.-]+$")]
    private static partial Regex TableName();

    [GeneratedRegex(@"(?<name>\w+)\s*=\s*(?<value>:\w+)")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^\s*(?<name>\w+)\s*=\s*(?<value>:\w+)\s*$")]
    private static partial Regex Equality();
}
