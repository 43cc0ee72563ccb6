using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Deletes an alias. Does nothing if it does not exist (DeleteStateMachineAlias).</summary>
internal sealed class DeleteStateMachineAlias(MachineCatalog catalog) : Operation(
    OperationAccess.Admin,
    Member.Required("stateMachineAliasArn", Shapes.Arn))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        MachineArn arn = MachineArn.Parse(request.RequiredText("stateMachineAliasArn"), MachineArnKind.Alias);
        if (await catalog.FindAliasAsync(arn, cancellationToken) is { } alias)
        {
            await catalog.Aliases.DeleteAsync(MachineCatalog.AliasKey(arn.Name, alias.Name), cancellationToken);
        }

        return JsonObject.Empty;
    }
}
