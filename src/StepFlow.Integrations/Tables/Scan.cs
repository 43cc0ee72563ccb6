namespace StepFlow.Integrations.Tables;

/// <summary>Goes through a whole table (DynamoDB API, Scan).</summary>
internal sealed class Scan(TableContext context, bool sdk) : TableSearch(context, sdk)
{
    protected override string Action => "scan";

    protected override Task<TaskOutcome> ExecuteAsync(TableCall call, CancellationToken cancellationToken) =>
        SearchAsync(call, null, null, ReadIndex(call), cancellationToken);
}
