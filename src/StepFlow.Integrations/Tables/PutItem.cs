using StepFlow.Integrations.Tables.Expressions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tables;

/// <summary>Writes an item as a whole (DynamoDB API, PutItem).</summary>
internal sealed class PutItem(TableContext context, bool sdk) : TableIntegration(context, sdk)
{
    protected override string Action => "putItem";

    protected override string? Required => "Item";

    protected override async Task<TaskOutcome> ExecuteAsync(TableCall call, CancellationToken cancellationToken)
    {
        JsonObject? item = call.Arguments.Object("Item");
        Condition? condition = call.ReadCondition("ConditionExpression");
        string wanted = call.ReadReturnValues("ALL_OLD");
        TableKey? key = item is null ? null : call.Table.KeyOf(item);
        if ((call.Arguments.Problem ?? Check(item, key, call.Table) ?? call.Problem) is { } problem)
        {
            return TableErrors.Invalid(call.Call, problem);
        }

        return await ChangeAsync(
            call,
            key!.Value,
            existing => condition?.Holds(existing ?? JsonObject.Empty) == false
                ? ItemChange.None(TableOutcome.ConditionFailed)
                : ItemChange.Put(item!, TableOutcome.Answer(wanted == "ALL_OLD" ? Member("Attributes", existing) : JsonObject.Empty)),
            cancellationToken);
    }

    private static string? Check(JsonObject? item, TableKey? key, Table table)
    {
        foreach ((string name, JsonValue value) in item ?? JsonObject.Empty)
        {
            if (AttributeValue.Check(value) is { } problem)
            {
                return $"{problem} (attribute '{name}')";
            }
        }

        return key is null ? TableErrors.MissingKey(item?.ContainsKey(table.PartitionKey) == true ? table.SortKey ?? table.PartitionKey : table.PartitionKey) : null;
    }
}
