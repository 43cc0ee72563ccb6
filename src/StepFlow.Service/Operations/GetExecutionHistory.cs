using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Service.Executions;
using StepFlow.Service.Requests;

namespace StepFlow.Service.Operations;

/// <summary>Reads the history of an execution (GetExecutionHistory).</summary>
internal sealed class GetExecutionHistory(ExecutionFinder finder, HistoryPages pages) : IOperation
{
    private static readonly StructureShape Shape = new(
        "GetExecutionHistoryInput",
        Member.Required("executionArn", Shapes.Arn),
        Member.Optional("maxResults", Shapes.PageSize),
        Member.Optional("reverseOrder", Shapes.Boolean),
        Member.Optional("nextToken", Shapes.PageToken),
        Member.Optional("includeExecutionData", Shapes.Boolean));

    public string Name => nameof(GetExecutionHistory);

    public OperationAccess Access => OperationAccess.Read;

    public StructureShape Request => Shape;

    public async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        ExecutionRecord execution = await finder.GetAsync(request.RequiredText("executionArn"), cancellationToken);
        return await pages.ReadAsync(execution, request, cancellationToken);
    }
}
