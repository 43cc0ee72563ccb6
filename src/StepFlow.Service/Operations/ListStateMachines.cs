using StepFlow.Runtime.Documents;
using StepFlow.Service.Pages;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Lists the state machines by name (ListStateMachines).</summary>
internal sealed class ListStateMachines(MachineCatalog catalog, DocumentPages pages) : Operation(
    OperationAccess.Read,
    Member.Optional("maxResults", Shapes.PageSize),
    Member.Optional("nextToken", Shapes.PageToken))
{
    public override Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken) =>
        pages.ReadAsync<MachineRecord>(new(catalog.Machines, Name, string.Empty, "stateMachines", View), request, cancellationToken);

    private static JsonObject View(MachineRecord machine) => JsonObject.Create(
        ("stateMachineArn", machine.Arn), ("name", machine.Name), ("type", machine.TypeName), ("creationDate", machine.CreationDate.ToWire()));
}
