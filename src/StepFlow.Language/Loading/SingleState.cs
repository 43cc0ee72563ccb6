using StepFlow.Language.Validation;

namespace StepFlow.Language.Loading;

/// <summary>Finds the state of TestState: the definition is the state itself, or it is a state machine and the state has a name.</summary>
internal static class SingleState
{
    /// <param name="definition">The state, or the machine.</param>
    /// <param name="name">The name of the state in the state machine; null if the definition is the state itself.</param>
    /// <returns>The state; null where it cannot be read, or is not there.</returns>
    public static FoundState Find(JsonValue definition, string? name, DiagnosticBag diagnostics)
    {
        if (definition is not JsonObject source)
        {
            diagnostics.Error(DiagnosticCodes.SchemaValidationFailed, DiagnosticMessages.NotAnObject, null);
            return new(null, QueryLanguage.JsonPath);
        }

        if (name is null)
        {
            // The state machine is not known. States inside the state without a query language use JSONPath.
            name = StateMachineLoader.UnnamedState;
            return new(DefinitionParser.ParseState(name, "/States/" + name, source, QueryLanguage.JsonPath, diagnostics), QueryLanguage.JsonPath);
        }

        var others = new DiagnosticBag();
        StateMachineDefinition? machine = DefinitionParser.ParseMachine(source, others);
        (State? found, MapState? around) = machine is null ? default : Find(machine.Graph, name, null);
        foreach (Diagnostic finding in others.Items.Where(finding => found is null || IsInside(finding, found)))
        {
            diagnostics.Error(finding.Code, finding.Message, finding.Location);
        }

        return new(found, machine?.QueryLanguage ?? QueryLanguage.JsonPath) { Around = around, IsMissing = machine is not null && found is null };
    }

    private static (State? State, MapState? Around) Find(StateGraphDefinition graph, string name, MapState? around)
    {
        foreach (State state in graph.States)
        {
            if (state.Name == name)
            {
                return (state, around);
            }

            foreach (StateGraphDefinition inner in StateTree.Graphs(state))
            {
                if (Find(inner, name, state as MapState ?? around) is { State: not null } found)
                {
                    return found;
                }
            }
        }

        return default;
    }

    /// <summary>TestState validates only one state. The rest of the state machine may be incomplete.</summary>
    private static bool IsInside(Diagnostic finding, State state) =>
        finding.Location is { } location
        && (location == state.Location || location.StartsWith(state.Location + "/", StringComparison.Ordinal));

    /// <summary>The result of a search for a state.</summary>
    public readonly record struct FoundState(State? State, QueryLanguage MachineLanguage)
    {
        /// <summary>The nearest Map around it; null for none.</summary>
        public MapState? Around { get; init; }

        /// <summary>Whether the machine could be read and has no state of that name.</summary>
        public bool IsMissing { get; init; }
    }
}
