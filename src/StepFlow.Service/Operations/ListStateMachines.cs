using StepFlow.Language.Json;
using StepFlow.Runtime.Documents;
using StepFlow.Service.Pages;
using StepFlow.Service.Requests;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Lists the state machines by name (ListStateMachines).</summary>
internal sealed class ListStateMachines(MachineCatalog catalog, DocumentPages pages) : IOperation
{
    private static readonly StructureShape Shape = new(
        "ListStateMachinesInput",
        Member.Optional("maxResults", Shapes.PageSize),
        Member.Optional("nextToken", Shapes.PageToken));

    public string Name => nameof(ListStateMachines);

    public OperationAccess Access => OperationAccess.Read;

    public StructureShape Request => Shape;

    public async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        return await pages.ReadAsync(
            catalog.Machines,
            request,
            nameof(ListStateMachines),
            string.Empty,
            "stateMachines",
            machine => JsonObject.Create(
                ("stateMachineArn", machine.Arn),
                ("name", machine.Name),
                ("type", machine.TypeName),
                ("creationDate", machine.CreationDate.ToWire())),
            cancellationToken);
    }
}
