using StepFlow.Language.Json;
using StepFlow.Service.Executions;
using StepFlow.Service.Requests;

namespace StepFlow.Service.Operations;

/// <summary>Lists executions of a state machine, a version, an alias or a Map Run, newest first (ListExecutions).</summary>
internal sealed class ListExecutions(ExecutionLister lister) : IOperation
{
    private static readonly StructureShape Shape = new(
        "ListExecutionsInput",
        Member.Optional("stateMachineArn", Shapes.Arn),
        Member.Optional("statusFilter", Shapes.ExecutionStatus),
        Member.Optional("maxResults", Shapes.PageSize),
        Member.Optional("nextToken", Shapes.ListExecutionsPageToken),
        Member.Optional("mapRunArn", Shapes.LongArn),
        Member.Optional("redriveFilter", new TextShape { Values = ["REDRIVEN", "NOT_REDRIVEN"] }));

    public string Name => nameof(ListExecutions);

    public OperationAccess Access => OperationAccess.Read;

    public StructureShape Request => Shape;

    public async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        return await lister.ListAsync(request, caller, cancellationToken);
    }
}
