using StepFlow.Runtime.Documents;
using StepFlow.Service.Pages;
using StepFlow.Service.Requests;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Lists the state machines by name (ListStateMachines).</summary>
internal sealed class ListStateMachines(MachineCatalog catalog, DocumentPages pages) : Operation(
    OperationAccess.Read,
    Member.Optional("maxResults", Shapes.PageSize),
    Member.Optional("nextToken", Shapes.PageToken))
{
    public override Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken) =>
        pages.ReadAsync(
            catalog.Machines,
            request,
            Name,
            string.Empty,
            "stateMachines",
            machine => JsonObject.Create(
                ("stateMachineArn", machine.Arn),
                ("name", machine.Name),
                ("type", machine.TypeName),
                ("creationDate", machine.CreationDate.ToWire())),
            cancellationToken);
}
