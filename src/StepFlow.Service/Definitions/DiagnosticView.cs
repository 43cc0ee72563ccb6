using StepFlow.Language.Diagnostics;

namespace StepFlow.Service.Definitions;

/// <summary>A finding as responses show it (API shape ValidateStateMachineDefinitionDiagnostic).</summary>
internal static class DiagnosticView
{
    public static JsonValue Of(Diagnostic diagnostic) => new JsonObjectBuilder()
        .Set("severity", diagnostic.IsError ? "ERROR" : "WARNING")
        .Set("code", diagnostic.Code)
        .Set("message", diagnostic.Message)
        .SetIfPresent("location", diagnostic.Location)
        .Build();
}
