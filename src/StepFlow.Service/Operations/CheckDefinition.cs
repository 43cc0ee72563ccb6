using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;
using StepFlow.Service.DefinitionFiles;
using StepFlow.Service.Definitions;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>
/// Checks a definition as it is written: the findings of ValidateStateMachineDefinition, including warnings, and for a valid one
/// also those about its data flow, with their positions in the text. The text can be YAML, a response of
/// DescribeStateMachine, or a template with one state machine: then the response has the JSON that the API accepts. Only StepFlow has this operation.
/// </summary>
internal sealed class CheckDefinition(DefinitionChecker definitions, IEmbeddedDefinitions? templates = null) : Operation(
    OperationAccess.Read,
    Member.Required("definition", Shapes.Definition),
    Member.Optional("type", Shapes.StateMachineType))
{
    private const int MaxDiagnostics = 100;

    public override bool IsRestOnly => true;

    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        string text = request.RequiredText("definition");
        ReadDefinition read = (templates is null ? null : await templates.FindAsync(text, cancellationToken)) ?? DefinitionReader.Read("-", text);
        IReadOnlyList<Diagnostic> all = read.Problem is { } problem ? [problem] : definitions.DiagnoseWithFlow(read.Text, MachineTypes.Parse(request.Text("type")));
        return new JsonObjectBuilder()
            .Set("diagnostics", JsonArray.From(all.Take(MaxDiagnostics).Select(found => (JsonValue)View(found, read))))
            .Set("truncated", all.Count > MaxDiagnostics)
            .SetIfPresent("definition", read.Problem is null && read.Text != text ? (JsonValue)read.Text : null)
            .Build();
    }

    private static JsonObject View(Diagnostic found, ReadDefinition read)
    {
        SourcePosition position = read.PositionOf(found);
        return ((JsonObject)DiagnosticView.Of(found)).With("line", JsonNumber.Create(position.Line)).With("column", JsonNumber.Create(position.Column));
    }
}
