using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Deletes a state machine with its versions and aliases; its executions are ended first (DeleteStateMachine).</summary>
internal sealed class DeleteStateMachine(MachineCatalog catalog, MachineRemover remover) : Operation(
    OperationAccess.Admin,
    Member.Required("stateMachineArn", Shapes.Arn))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        MachineArn arn = MachineArn.Parse(request.RequiredText("stateMachineArn"), MachineArnKind.Machine);
        if (await catalog.FindAsync(arn, cancellationToken) is { } machine)
        {
            await remover.DeleteAsync(machine, cancellationToken);
        }

        return JsonObject.Empty;
    }
}
