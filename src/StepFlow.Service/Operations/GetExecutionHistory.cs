using StepFlow.Service.Executions;

namespace StepFlow.Service.Operations;

/// <summary>Reads the history of an execution (GetExecutionHistory).</summary>
internal sealed class GetExecutionHistory(ExecutionFinder finder, HistoryPages pages) : Operation(
    OperationAccess.Read,
    Member.Required("executionArn", Shapes.Arn),
    Member.Optional("maxResults", Shapes.PageSize),
    Member.Optional("reverseOrder", Shapes.Boolean),
    Member.Optional("nextToken", Shapes.PageToken),
    Member.Optional("includeExecutionData", Shapes.Boolean))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        ExecutionRecord execution = await finder.GetAsync(request.RequiredText("executionArn"), cancellationToken);
        return await pages.ReadAsync(execution, request, cancellationToken);
    }
}
