using StepFlow.Language.Diagnostics;
using StepFlow.Service.Definitions;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Validates a definition without keeping it (ValidateStateMachineDefinition).</summary>
internal sealed class ValidateStateMachineDefinition(DefinitionChecker definitions) : Operation(
    OperationAccess.Read,
    Member.Required("definition", Shapes.Definition),
    Member.Optional("type", Shapes.StateMachineType),
    Member.Optional("severity", new TextShape { Values = ["ERROR", "WARNING"] }),
    Member.Optional("maxResults", new NumberShape { Min = 0, Max = 100 }))
{
    public override Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        IReadOnlyList<Diagnostic> all = definitions.Diagnose(request.RequiredText("definition"), MachineTypes.Parse(request.Text("type")));
        bool warnings = request.Text("severity") == "WARNING";
        Diagnostic[] wanted = [.. all.Where(diagnostic => warnings || diagnostic.IsError)];
        int most = request.Integer("maxResults") is > 0 and var count ? (int)count : MaxDiagnostics;
        JsonObject response = JsonObject.Create(
            ("result", all.Any(diagnostic => diagnostic.IsError) ? "FAIL" : "OK"),
            ("diagnostics", JsonArray.From(wanted.Take(most).Select(DiagnosticView.Of))),
            ("truncated", wanted.Length > most));
        return Task.FromResult(response);
    }

    private const int MaxDiagnostics = 100;
}
