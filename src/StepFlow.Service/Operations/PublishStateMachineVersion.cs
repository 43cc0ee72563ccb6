using StepFlow.Runtime.Documents;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Publishes the current revision as a version (PublishStateMachineVersion).</summary>
internal sealed class PublishStateMachineVersion(MachineCatalog catalog, VersionPublisher publisher) : Operation(
    OperationAccess.Admin,
    Member.Required("stateMachineArn", Shapes.Arn),
    Member.Optional("revisionId", Shapes.RevisionId),
    Member.Optional("description", Shapes.Description))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        MachineArn arn = MachineArn.Parse(request.RequiredText("stateMachineArn"), MachineArnKind.Machine, MachineArnKind.Version, MachineArnKind.Alias);
        MachineRecord machine = await catalog.GetUnqualifiedAsync(arn, cancellationToken);
        VersionRecord version = await publisher.PublishAsync(machine.Name, request.Text("revisionId"), request.Text("description"), cancellationToken);
        return JsonObject.Create(("creationDate", version.CreationDate.ToWire()), ("stateMachineVersionArn", version.Arn));
    }
}
