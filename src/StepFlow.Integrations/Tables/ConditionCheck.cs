using StepFlow.Integrations.Tables.Expressions;

namespace StepFlow.Integrations.Tables;

/// <summary>A part of a transaction that changes nothing: the item must satisfy the condition (DynamoDB API, ConditionCheck).</summary>
internal sealed class ConditionCheck(TableContext context) : ItemWrite(context, sdk: true)
{
    protected override string Action => "conditionCheck";

    protected internal override string? Required => "Key";

    public override PreparedChange? Prepare(TableCall call)
    {
        TableKey? key = call.ReadKey();
        Condition? condition = call.ReadCondition("ConditionExpression");
        if (condition is null)
        {
            call.Arguments.Refuse(TableErrors.NullMember("ConditionExpression"));
        }

        return call.Problem is null
            ? new(key!.Value, existing => ItemChange.None(condition!.Holds(existing ?? JsonObject.Empty) ? TableOutcome.Response(JsonObject.Empty) : TableOutcome.ConditionFailed))
            : null;
    }
}
