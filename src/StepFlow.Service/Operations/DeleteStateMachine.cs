using StepFlow.Language.Json;
using StepFlow.Service.Arns;
using StepFlow.Service.Requests;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Deletes a state machine with its versions and aliases; its executions are ended first (DeleteStateMachine).</summary>
internal sealed class DeleteStateMachine(MachineCatalog catalog, MachineRemover remover) : IOperation
{
    private static readonly StructureShape Shape = new(
        "DeleteStateMachineInput",
        Member.Required("stateMachineArn", Shapes.Arn));

    public string Name => nameof(DeleteStateMachine);

    public OperationAccess Access => OperationAccess.Admin;

    public StructureShape Request => Shape;

    public async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        MachineArn arn = MachineArn.Parse(request.RequiredText("stateMachineArn"), MachineArnKind.Machine);
        if (await catalog.FindAsync(arn, cancellationToken) is { } machine)
        {
            await remover.DeleteAsync(machine, cancellationToken);
        }

        return JsonObject.Empty;
    }
}
