using StepFlow.Integrations.Tables.Expressions;

namespace StepFlow.Integrations.Tables;

/// <summary>Deletes an item. If it does not exist, this is not a failure, except with a condition (DynamoDB API, DeleteItem).</summary>
internal sealed class DeleteItem(TableContext context, bool sdk) : ItemWrite(context, sdk)
{
    protected override string Action => "deleteItem";

    protected internal override string? Required => "Key";

    public override PreparedChange? Prepare(TableCall call)
    {
        TableKey? key = call.ReadKey();
        Condition? condition = call.ReadCondition("ConditionExpression");
        string wanted = call.ReadReturnValues("ALL_OLD");
        return call.Problem is not null ? null : new(key!.Value, existing =>
        {
            if (condition?.Holds(existing ?? JsonObject.Empty) == false)
            {
                return ItemChange.None(TableOutcome.ConditionFailed);
            }

            JsonObject outcome = TableOutcome.Response(wanted == "ALL_OLD" ? Member("Attributes", existing) : JsonObject.Empty);
            return existing is null ? ItemChange.None(outcome) : ItemChange.Delete(outcome);
        });
    }
}
