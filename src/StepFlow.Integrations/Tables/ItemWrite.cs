namespace StepFlow.Integrations.Tables;

/// <summary>The base of the actions that change one item. Each can also be a part of a transaction.</summary>
internal abstract class ItemWrite(TableContext context, bool sdk) : TableIntegration(context, sdk)
{
    /// <summary>Reads the arguments; null where the call has a problem.</summary>
    public abstract PreparedChange? Prepare(TableCall call);

    /// <summary>Changes the item. A repetition returns the outcome of the first call.</summary>
    protected sealed override async Task<TaskOutcome> ExecuteAsync(TableCall call, CancellationToken cancellationToken)
    {
        if (Prepare(call) is not { } prepared)
        {
            return TableErrors.Invalid(call.Call, call.Problem!);
        }

        JsonObject outcome = await StoreFor(call).ChangeAsync(
            call.Table.Name, prepared.Key, new(call.Call.ExecutionArn, call.Call.IdempotencyKey), prepared.Change, cancellationToken);
        return TableOutcome.ResponseOf(outcome) is { } response ? Response(call.Call, response) : TableOutcome.FailureOf(outcome, call.Call);
    }

    protected static JsonObject Member(string name, JsonValue? value) => value is null ? JsonObject.Empty : JsonObject.Create((name, value));
}
