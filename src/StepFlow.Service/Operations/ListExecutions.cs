using StepFlow.Service.Executions;

namespace StepFlow.Service.Operations;

/// <summary>Lists executions of a state machine, a version, an alias or a Map Run, newest first (ListExecutions).</summary>
internal sealed class ListExecutions(ExecutionLister lister) : Operation(
    OperationAccess.Read,
    Member.Optional("stateMachineArn", Shapes.Arn),
    Member.Optional("statusFilter", Shapes.ExecutionStatus),
    Member.Optional("maxResults", Shapes.PageSize),
    Member.Optional("nextToken", Shapes.ListExecutionsPageToken),
    Member.Optional("mapRunArn", Shapes.LongArn),
    Member.Optional("redriveFilter", new TextShape { Values = ["REDRIVEN", "NOT_REDRIVEN"] }))
{
    public override Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken) =>
        lister.ListAsync(request, caller, cancellationToken);
}
