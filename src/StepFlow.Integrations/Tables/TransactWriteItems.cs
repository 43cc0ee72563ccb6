namespace StepFlow.Integrations.Tables;

/// <summary>
/// <c>aws-sdk:dynamodb:transactWriteItems</c>: puts, updates, deletes and checks up to 100 items, all or none (DynamoDB API,
/// TransactWriteItems). In Cosmos DB they must be in one partition.
/// </summary>
internal sealed class TransactWriteItems(TableContext context) : ITaskIntegration
{
    private const int Max = 100;

    private readonly (string Member, ItemWrite Write)[] _kinds =
    [
        ("ConditionCheck", new ConditionCheck(context)),
        ("Delete", new DeleteItem(context, sdk: true)),
        ("Put", new PutItem(context, sdk: true)),
        ("Update", new UpdateItem(context, sdk: true)),
    ];

    public string Name => "aws-sdk:dynamodb:transactWriteItems";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        JsonArray items = arguments.Array("TransactItems") ?? JsonArray.Empty;
        if (items.Count is 0 or > Max)
        {
            arguments.Refuse(TableErrors.BatchSize("TransactItems", Max));
        }

        List<(ItemLocation Location, PreparedChange Prepared)> writes = [];
        foreach (JsonValue item in arguments.Problem is null ? items : JsonArray.Empty)
        {
            (ItemWrite? write, JsonObject? request) = Read(item);
            if (write is null)
            {
                arguments.Refuse(TaskErrors.InvalidArgument("TransactItems", "a list of objects with one member each: ConditionCheck, Delete, Put or Update"));
                break;
            }

            (TableCall? read, TaskRejected? failure) = TableCall.Read(context, call with { Arguments = request! }, write.Required);
            if (read is null || write.Prepare(read) is not { } prepared)
            {
                return failure ?? TableErrors.Invalid(call, read!.Problem!);
            }

            writes.Add((new(read.Table.Name, prepared.Key), prepared));
        }

        if (writes.DistinctBy(static write => write.Location).Count() != writes.Count)
        {
            arguments.Refuse("Transaction request cannot include multiple operations on one item");
        }

        ItemLocation[] locations = [.. writes.Select(static write => write.Location)];
        if ((arguments.Problem ?? context.StoreFor(call).WhyNotTogether(locations)) is { } problem)
        {
            return TableErrors.Invalid(call, problem);
        }

        JsonObject outcome = await context.StoreFor(call).ChangeTogetherAsync(
            locations, new(call.ExecutionArn, call.IdempotencyKey), existing => Change(writes, existing), cancellationToken);
        return TableOutcome.ResponseOf(outcome) is { } response ? new TaskCompleted(response) : TableOutcome.FailureOf(outcome, call);
    }

    private (ItemWrite? Write, JsonObject? Request) Read(JsonValue item)
    {
        (ItemWrite Write, JsonObject Request)[] found =
        [
            .. from kind in _kinds
               where item is JsonObject members && members.Count == 1 && members[kind.Member] is JsonObject
               select (kind.Write, (JsonObject)((JsonObject)item)[kind.Member]!),
        ];
        return found.Length == 1 ? found[0] : (null, null);
    }

    private static ItemChanges Change(List<(ItemLocation Location, PreparedChange Prepared)> writes, IReadOnlyList<JsonObject?> existing)
    {
        ItemChange[] changes = [.. writes.Select((write, index) => write.Prepared.Change(existing[index]))];
        string[] reasons = [.. changes.Select(static change => TableOutcome.ReasonOf(change.Outcome))];
        return reasons.All(static reason => reason == TableOutcome.NoReason)
            ? new(changes, TableOutcome.Response(JsonObject.Empty))
            : ItemChanges.None(changes.Length, TableOutcome.Cancelled(reasons));
    }
}
