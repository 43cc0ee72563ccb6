using StepFlow.Language.Diagnostics;
using StepFlow.Language.Json;
using StepFlow.Service.Definitions;
using StepFlow.Service.Requests;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>
/// Checks a definition as it is written: what ValidateStateMachineDefinition finds, its warnings too, and of a valid one
/// what its data flow cannot do. StepFlow's own: AWS's answer has no such warnings.
/// </summary>
internal sealed class CheckDefinition(DefinitionChecker definitions) : IOperation
{
    private const int MaxDiagnostics = 100;

    private static readonly StructureShape Shape = new(
        "CheckDefinitionInput",
        Member.Required("definition", Shapes.Definition),
        Member.Optional("type", Shapes.StateMachineType));

    public string Name => nameof(CheckDefinition);

    public bool IsRestOnly => true;

    public OperationAccess Access => OperationAccess.Read;

    public StructureShape Request => Shape;

    public Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        IReadOnlyList<Diagnostic> all = definitions.DiagnoseWithFlow(request.RequiredText("definition"), MachineTypes.Parse(request.Text("type")));
        return Task.FromResult(JsonObject.Create(
            ("diagnostics", JsonArray.From(all.Take(MaxDiagnostics).Select(DiagnosticView.Of))),
            ("truncated", all.Count > MaxDiagnostics)));
    }
}
