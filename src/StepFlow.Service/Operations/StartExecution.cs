using StepFlow.Execution;
using StepFlow.Language.Json;
using StepFlow.Runtime.Documents;
using StepFlow.Service.Executions;
using StepFlow.Service.Requests;

namespace StepFlow.Service.Operations;

/// <summary>Starts an execution. For a Standard machine idempotent on the name while it runs with the same input (StartExecution).</summary>
internal sealed class StartExecution(ExecutionStarter starter) : IOperation
{
    private static readonly StructureShape Shape = new(
        "StartExecutionInput",
        Member.Required("stateMachineArn", Shapes.Arn),
        Member.Optional("name", Shapes.Name),
        Member.Optional("input", Shapes.Data),
        Member.Optional("traceHeader", Shapes.TraceHeader));

    public string Name => nameof(StartExecution);

    public OperationAccess Access => OperationAccess.Start;

    public StructureShape Request => Shape;

    public async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        ExecutionStart started = await starter.StartAsync(StartCall.From(request, caller) with { ParentExecutionArn = caller.ParentExecutionArn, ParentTask = caller.ParentTask }, cancellationToken);
        return JsonObject.Create(("executionArn", started.ExecutionArn), ("startDate", started.StartTime.ToWire()));
    }
}
