using StepFlow.Runtime.MapRuns;
using StepFlow.Service.Executions;
using StepFlow.Service.MapRuns;
using StepFlow.Service.Pages;

namespace StepFlow.Service.Operations;

/// <summary>Lists the Map Runs of an execution (ListMapRuns).</summary>
internal sealed class ListMapRuns(ExecutionFinder finder, IMapRuns directory, DocumentPages pages) : Operation(
    OperationAccess.Read,
    Member.Required("executionArn", Shapes.Arn),
    Member.Optional("maxResults", Shapes.PageSize),
    Member.Optional("nextToken", Shapes.PageToken))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        ExecutionRecord execution = await finder.GetAsync(request.RequiredText("executionArn"), cancellationToken);
        string arn = execution.Start.ExecutionArn;
        MapRunStore runs = await directory.SavedAsync(cancellationToken);
        return await pages.ReadAsync<MapRunRecord>(new(runs.ByExecution, $"{Name} {arn}", MapRunStore.Prefix(arn), "mapRuns", MapRunView.Item), request, cancellationToken);
    }
}
