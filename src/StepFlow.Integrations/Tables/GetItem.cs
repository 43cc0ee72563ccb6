using StepFlow.Integrations.Tables.Expressions;

namespace StepFlow.Integrations.Tables;

/// <summary>Reads an item (DynamoDB API, GetItem). Reads are always consistent.</summary>
internal sealed class GetItem(TableContext context, bool sdk) : TableIntegration(context, sdk)
{
    protected override string Action => "getItem";

    protected internal override string? Required => "Key";

    protected override async Task<TaskOutcome> ExecuteAsync(TableCall call, CancellationToken cancellationToken)
    {
        TableKey? key = call.ReadKey();
        List<AttributePath>? projection = call.ReadProjection();
        if (call.Problem is { } problem)
        {
            return TableErrors.Invalid(call.Call, problem);
        }

        JsonObject? found = await StoreFor(call).FindAsync(call.Table.Name, key!.Value, cancellationToken);
        return Response(call.Call, found is null ? JsonObject.Empty : JsonObject.Create(("Item", TableCall.Project(found, projection))));
    }
}
