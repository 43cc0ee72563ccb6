using StepFlow.Integrations.Tables.Expressions;

namespace StepFlow.Integrations.Tables;

/// <summary>Writes an item as a whole (DynamoDB API, PutItem).</summary>
internal sealed class PutItem(TableContext context, bool sdk) : ItemWrite(context, sdk)
{
    protected override string Action => "putItem";

    protected internal override string? Required => "Item";

    public override PreparedChange? Prepare(TableCall call)
    {
        JsonObject? item = call.Arguments.Object("Item");
        Condition? condition = call.ReadCondition("ConditionExpression");
        string wanted = call.ReadReturnValues("ALL_OLD");
        TableKey? key = item is null ? null : call.Table.KeyOf(item);
        if (call.Arguments.Problem is null && Check(item, key, call.Table) is { } problem)
        {
            call.Arguments.Refuse(problem);
        }

        return call.Problem is not null ? null : new(
            key!.Value,
            existing => condition?.Holds(existing ?? JsonObject.Empty) == false
                ? ItemChange.None(TableOutcome.ConditionFailed)
                : ItemChange.Put(item!, TableOutcome.Response(wanted == "ALL_OLD" ? Member("Attributes", existing) : JsonObject.Empty)));
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
