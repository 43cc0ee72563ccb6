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

        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            StoredItem? existing = await Store.FindAsync(call.Table.Name, key!.Value, cancellationToken);
            if (condition?.Holds(existing?.Item ?? JsonObject.Empty) == false)
            {
                return TableErrors.ConditionFailed(call.Call);
            }

            if (existing is null || await Store.DeleteAsync(call.Table.Name, key.Value, existing.Version, cancellationToken))
            {
                return Answer(call.Call, wanted == "ALL_OLD" ? Member("Attributes", existing?.Item) : JsonObject.Empty);
            }
        }

        return TableErrors.Contention(call.Call);
    }
}
