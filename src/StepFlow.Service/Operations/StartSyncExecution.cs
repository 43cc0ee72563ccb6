using StepFlow.Service.Executions;

namespace StepFlow.Service.Operations;

/// <summary>Runs an Express execution, and returns its end, even if it failed (StartSyncExecution).</summary>
internal sealed class StartSyncExecution(ExecutionStarter starter) : Operation(
    OperationAccess.Start,
    Member.Required("stateMachineArn", Shapes.Arn),
    Member.Optional("name", Shapes.Name),
    Member.Optional("input", Shapes.Data),
    Member.Optional("traceHeader", Shapes.TraceHeader),
    Member.Optional("includedData", Shapes.IncludedData))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        ExecutionRecord ended = await starter.RunAsync(StartCall.From(request, caller), cancellationToken);
        return ExecutionView.Sync(ended, request.Text("includedData") != "METADATA_ONLY");
    }
}
