using StepFlow.Integrations.Tables.Expressions;

namespace StepFlow.Integrations.Tables;

/// <summary>
/// <c>aws-sdk:dynamodb:transactGetItems</c>: reads up to 100 items at the same moment (DynamoDB API, TransactGetItems).
/// In Cosmos DB they must be in one partition.
/// </summary>
internal sealed class TransactGetItems(TableContext context) : ITaskIntegration
{
    private const int Max = 100;
    private const string Responses = "Responses";

    public string Name => "aws-sdk:dynamodb:transactGetItems";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        JsonArray items = arguments.Array("TransactItems") ?? JsonArray.Empty;
        if (items.Count is 0 or > Max)
        {
            arguments.Refuse(TableErrors.BatchSize("TransactItems", Max));
        }

        List<(ItemLocation Location, List<AttributePath>? Projection)> reads = [];
        foreach (JsonValue item in arguments.Problem is null ? items : JsonArray.Empty)
        {
            if (item is not JsonObject members || members["Get"] is not JsonObject request)
            {
                arguments.Refuse(TaskErrors.InvalidArgument("TransactItems", "a list of {\"Get\": …}"));
                break;
            }

            (TableCall? read, TaskRejected? failure) = TableCall.Read(context, call with { Arguments = request }, "Key");
            if (read is null)
            {
                return failure!;
            }

            TableKey? key = read.ReadKey();
            List<AttributePath>? projection = read.ReadProjection();
            if (read.Problem is { } wrong)
            {
                return TableErrors.Invalid(call, wrong);
            }

            reads.Add((new(read.Table.Name, key!.Value), projection));
        }

        if (reads.DistinctBy(static read => read.Location).Count() != reads.Count)
        {
            arguments.Refuse("Transaction request cannot include multiple operations on one item");
        }

        ItemLocation[] locations = [.. reads.Select(static read => read.Location)];
        if ((arguments.Problem ?? context.StoreFor(call).WhyNotTogether(locations)) is { } problem)
        {
            return TableErrors.Invalid(call, problem);
        }

        // A change of nothing sees all items at one moment.
        JsonObject outcome = await context.StoreFor(call).ChangeTogetherAsync(
            locations, new(call.ExecutionArn, call.IdempotencyKey), existing => ItemChanges.None(locations.Length, JsonObject.Create((Responses, JsonArray.From(existing.Select(View))))), cancellationToken);
        return new TaskCompleted(JsonObject.Create((Responses, outcome[Responses]!)));

        JsonValue View(JsonObject? found, int index) => found is null ? JsonObject.Empty : JsonObject.Create(("Item", TableCall.Project(found, reads[index].Projection)));
    }
}
