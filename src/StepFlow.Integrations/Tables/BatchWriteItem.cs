namespace StepFlow.Integrations.Tables;

/// <summary><c>aws-sdk:dynamodb:batchWriteItem</c>: puts and deletes up to 25 items of several tables, each by itself (DynamoDB API, BatchWriteItem).</summary>
internal sealed class BatchWriteItem(TableContext context) : ITaskIntegration
{
    private const int Max = 25;

    private readonly PutItem _put = new(context, sdk: true);
    private readonly DeleteItem _delete = new(context, sdk: true);

    public string Name => "aws-sdk:dynamodb:batchWriteItem";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        List<(ITaskIntegration, JsonObject)> writes = [];
        var keys = new HashSet<(string, TableKey?)>();
        foreach ((string table, JsonValue value) in arguments.RequiredObject("RequestItems"))
        {
            foreach (JsonValue one in value as JsonArray ?? JsonArray.Empty)
            {
                JsonObject? item = Part(one, "PutRequest", "Item");
                JsonObject? key = Part(one, "DeleteRequest", "Key");
                if (item is null == key is null)
                {
                    arguments.Refuse(TaskErrors.InvalidArgument($"RequestItems.{table}", "a list of {\"PutRequest\": {\"Item\": …}} and {\"DeleteRequest\": {\"Key\": …}}"));
                    continue;
                }

                writes.Add(item is not null
                    ? (_put, JsonObject.Create(("TableName", table), ("Item", item)))
                    : (_delete, JsonObject.Create(("TableName", table), ("Key", key!))));
                if (context.Tables.TryGetValue(ResourceName.Of(table), out Table? known) && !keys.Add((table, known.KeyOf(item ?? key!))))
                {
                    arguments.Refuse(TableErrors.Duplicates);
                }
            }
        }

        if (writes.Count is 0 or > Max)
        {
            arguments.Refuse(TableErrors.BatchSize("RequestItems", Max));
        }

        if (arguments.Problem is { } problem)
        {
            return TableErrors.Invalid(call, problem);
        }

        (_, TaskRejected? failure) = await TableBatch.RunAsync(call, writes, cancellationToken);
        return failure ?? (TaskOutcome)new TaskCompleted(JsonObject.Create(("UnprocessedItems", JsonObject.Empty)));
    }

    private static JsonObject? Part(JsonValue request, string kind, string member) =>
        request is JsonObject write && write[kind] is JsonObject part && part[member] is JsonObject found ? found : null;
}
