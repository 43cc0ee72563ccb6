namespace StepFlow.Integrations.Tables;

/// <summary><c>aws-sdk:dynamodb:batchGetItem</c>: reads up to 100 items of several tables (DynamoDB API, BatchGetItem).</summary>
internal sealed class BatchGetItem(TableContext context) : ITaskIntegration
{
    private const int Max = 100;

    private readonly GetItem _get = new(context, sdk: true);

    public string Name => "aws-sdk:dynamodb:batchGetItem";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        List<(string Table, JsonObject Arguments)> gets = [];
        foreach ((string table, JsonValue value) in arguments.RequiredObject("RequestItems"))
        {
            var request = new ArgumentReader(value);
            JsonArray? keys = request.Array("Keys");
            JsonObject shared = new JsonObjectBuilder()
                .Set("TableName", table)
                .SetIfPresent("ProjectionExpression", request.Value("ProjectionExpression"))
                .SetIfPresent("ExpressionAttributeNames", request.Value("ExpressionAttributeNames"))
                .Build();
            if ((request.Problem ?? (keys is null ? TaskErrors.MissingArgument("Keys") : null)) is { } wrong)
            {
                arguments.Refuse(wrong);
            }

            gets.AddRange((keys ?? JsonArray.Empty).Select(key => (table, shared.With("Key", key))));
        }

        if (gets.Count is 0 or > Max)
        {
            arguments.Refuse(TableErrors.BatchSize("RequestItems", Max));
        }

        if (gets.DistinctBy(static get => (get.Table, get.Arguments["Key"])).Count() != gets.Count)
        {
            arguments.Refuse(TableErrors.Duplicates);
        }

        if (arguments.Problem is { } problem)
        {
            return TableErrors.Invalid(call, problem);
        }

        (IReadOnlyList<JsonObject> results, TaskRejected? failure) = await TableBatch.RunAsync(call, [.. gets.Select(get => ((ITaskIntegration)_get, get.Arguments))], cancellationToken);
        if (failure is not null)
        {
            return failure;
        }

        IEnumerable<(string, JsonValue)> found = gets
            .Select((get, index) => (get.Table, Item: results[index]["Item"]))
            .GroupBy(static one => one.Table, static (table, items) => (table, (JsonValue)JsonArray.From(items.Select(static one => one.Item).OfType<JsonValue>())));
        return new TaskCompleted(JsonObject.Create(("Responses", JsonObject.Create([.. found])), ("UnprocessedKeys", JsonObject.Empty)));
    }
}
