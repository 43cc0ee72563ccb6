using StepFlow.Service.Executions;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Describes the state machine as an execution was started with it (DescribeStateMachineForExecution).</summary>
internal sealed class DescribeStateMachineForExecution(ExecutionFinder finder) : Operation(
    OperationAccess.Read,
    Member.Required("executionArn", Shapes.Arn),
    Member.Optional("includedData", Shapes.IncludedData))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        ExecutionRecord execution = await finder.GetAsync(request.RequiredText("executionArn"), cancellationToken);
        return MachineView.ForExecution(execution, request.Text("includedData") != "METADATA_ONLY");
    }
}
