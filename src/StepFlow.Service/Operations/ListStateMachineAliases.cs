using StepFlow.Runtime.Documents;
using StepFlow.Service.Pages;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Lists the aliases of a state machine, or of one version, by name (ListStateMachineAliases).</summary>
internal sealed class ListStateMachineAliases(MachineCatalog catalog, DocumentPages pages) : Operation(
    OperationAccess.Read,
    Member.Required("stateMachineArn", Shapes.Arn),
    Member.Optional("maxResults", Shapes.PageSize),
    Member.Optional("nextToken", Shapes.PageToken))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        MachineArn arn = MachineArn.Parse(request.RequiredText("stateMachineArn"), MachineArnKind.Machine, MachineArnKind.Version);
        MachineRecord machine = await catalog.GetActiveAsync(arn, cancellationToken);
        if (arn.Kind == MachineArnKind.Version && await catalog.FindVersionAsync(arn, cancellationToken) is null)
        {
            throw ApiErrors.ResourceMissing();
        }

        var aliases = new DocumentList<AliasRecord>(
            catalog.Aliases,
            $"{Name} {arn.Text}",
            machine.Name + ":",
            "stateMachineAliases",
            static alias => JsonObject.Create(("stateMachineAliasArn", alias.Arn), ("creationDate", alias.CreationDate.ToWire())))
        {
            // With a version's ARN only the aliases of the version are listed.
            Filter = arn.Kind == MachineArnKind.Machine ? null : alias => alias.Routes.Any(route => route.VersionArn == arn.Text),
        };
        return await pages.ReadAsync(aliases, request, cancellationToken);
    }
}
