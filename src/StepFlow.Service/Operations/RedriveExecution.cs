using StepFlow.Runtime.Documents;
using StepFlow.Service.Executions;

namespace StepFlow.Service.Operations;

/// <summary>Continues a failed, timed-out or stopped execution where it ended. Idempotent on the client token (RedriveExecution).</summary>
internal sealed class RedriveExecution(ExecutionFinder finder, ExecutionRedriver redriver) : Operation(
    OperationAccess.Operate,
    Member.Required("executionArn", Shapes.Arn),
    Member.Optional("clientToken", new TextShape("[!-~]+") { Min = 1, Max = 64 }))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        ExecutionRecord execution = await finder.GetAsync(request.RequiredText("executionArn"), cancellationToken);
        DateTimeOffset date = await redriver.RedriveAsync(execution, request.Text("clientToken"), caller.Name, cancellationToken);
        return JsonObject.Create(("redriveDate", date.ToWire()));
    }
}
