using StepFlow.Runtime.Documents;
using StepFlow.Service.Executions;

namespace StepFlow.Service.Operations;

/// <summary>Starts an execution. For a Standard machine idempotent on the name while it runs with the same input (StartExecution).</summary>
internal sealed class StartExecution(ExecutionStarter starter) : Operation(
    OperationAccess.Start,
    Member.Required("stateMachineArn", Shapes.Arn),
    Member.Optional("name", Shapes.Name),
    Member.Optional("input", Shapes.Data),
    Member.Optional("traceHeader", Shapes.TraceHeader))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        ExecutionStart started = await starter.StartAsync(StartCall.From(request, caller) with { ParentExecutionArn = caller.ParentExecutionArn, ParentTask = caller.ParentTask }, cancellationToken);
        return JsonObject.Create(("executionArn", started.ExecutionArn), ("startDate", started.StartTime.ToWire()));
    }
}
