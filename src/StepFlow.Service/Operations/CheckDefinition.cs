using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;
using StepFlow.Service.DefinitionFiles;
using StepFlow.Service.Definitions;
using StepFlow.Service.Requests;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>
/// Checks a definition as it is written: what ValidateStateMachineDefinition finds, its warnings too, and of a valid one
/// what its data flow cannot do, each with its place in the text. The text may be YAML, what DescribeStateMachine
/// answered, or a template with one machine: then the JSON that the API takes is in the answer. StepFlow's own: AWS's answer has no such warnings.
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
