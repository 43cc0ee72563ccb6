using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Json;
using StepFlow.Language.Validation;

namespace StepFlow.Language.Loading;

/// <summary>Finds the state that TestState is about: one that stands alone, or a named one of a machine.</summary>
internal static class SingleState
{
    public static (State? State, QueryLanguage MachineLanguage) Find(JsonValue definition, string? name, DiagnosticBag diagnostics)
    {
        if (definition is not JsonObject source)
        {
            diagnostics.Error(DiagnosticCodes.SchemaValidationFailed, DiagnosticMessages.NotAnObject, null);
            return (null, QueryLanguage.JsonPath);
        }

        if (!source.ContainsKey("States"))
        {
            // The machine around it is not known; states inside it that name no query language are those of a JSONPath machine.
            name ??= StateMachineLoader.UnnamedState;
            State alone = DefinitionParser.ParseState(name, "/States/" + name, source, QueryLanguage.JsonPath, diagnostics);
            return (alone, QueryLanguage.JsonPath);
        }

        var others = new DiagnosticBag();
        StateMachineDefinition? machine = DefinitionParser.ParseMachine(source, others);
        State? found = machine is null ? null : StateTree.All(machine.Graph).FirstOrDefault(state => state.Name == name);
        foreach (Diagnostic finding in others.Items.Where(finding => found is null || IsInside(finding, found)))
        {
            diagnostics.Error(finding.Code, finding.Message, finding.Location);
        }

        if (machine is not null && found is null)
        {
            diagnostics.Error(DiagnosticCodes.SchemaValidationFailed, DiagnosticMessages.NoSuchState(name ?? StateMachineLoader.UnnamedState), null);
        }

        return (found, machine?.QueryLanguage ?? QueryLanguage.JsonPath);
    }

    /// <summary>TestState looks at one state only; the rest of the machine may be unfinished.</summary>
    private static bool IsInside(Diagnostic finding, State state) =>
        finding.Location is { } location
        && (location == state.Location || location.StartsWith(state.Location + "/", StringComparison.Ordinal));
}
