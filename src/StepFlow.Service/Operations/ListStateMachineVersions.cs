using StepFlow.Runtime.Documents;
using StepFlow.Service.Pages;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Lists the versions of a state machine, newest first (ListStateMachineVersions).</summary>
internal sealed class ListStateMachineVersions(MachineCatalog catalog, DocumentPages pages) : Operation(
    OperationAccess.Read,
    Member.Required("stateMachineArn", Shapes.Arn),
    Member.Optional("maxResults", Shapes.PageSize),
    Member.Optional("nextToken", Shapes.PageToken))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        MachineArn arn = MachineArn.Parse(request.RequiredText("stateMachineArn"), MachineArnKind.Machine);
        MachineRecord machine = await catalog.FindAsync(arn, cancellationToken) ?? throw ApiErrors.InvalidArn($"State machine does not exist: {arn.Text}");
        var versions = new DocumentList<VersionRecord>(
            catalog.Versions,
            $"{Name} {machine.Arn}",
            machine.Name + ":",
            "stateMachineVersions",
            static version => JsonObject.Create(("stateMachineVersionArn", version.Arn), ("creationDate", version.CreationDate.ToWire())));
        return await pages.ReadAsync(versions, request, cancellationToken);
    }
}
