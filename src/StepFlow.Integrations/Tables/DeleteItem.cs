using StepFlow.Integrations.Tables.Expressions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tables;

/// <summary>Deletes an item; one that is not there is no failure unless a condition says so (DynamoDB API, DeleteItem).</summary>
internal sealed class DeleteItem(TableContext context, bool sdk) : TableIntegration(context, sdk)
{
    protected override string Action => "deleteItem";

    protected override string? Required => "Key";

    protected override async Task<TaskOutcome> ExecuteAsync(TableCall call, CancellationToken cancellationToken)
    {
        TableKey? key = call.ReadKey();
        Condition? condition = call.ReadCondition("ConditionExpression");
        string wanted = call.ReadReturnValues("ALL_OLD");
        if (call.Problem is { } problem)
        {
            return TableErrors.Invalid(call.Call, problem);
        }

        return await ChangeAsync(call, key!.Value, existing =>
        {
            if (condition?.Holds(existing ?? JsonObject.Empty) == false)
            {
                return ItemChange.None(TableOutcome.ConditionFailed);
            }

            JsonObject outcome = TableOutcome.Answer(wanted == "ALL_OLD" ? Member("Attributes", existing) : JsonObject.Empty);
            return existing is null ? ItemChange.None(outcome) : ItemChange.Delete(outcome);
        }, cancellationToken);
    }
}
