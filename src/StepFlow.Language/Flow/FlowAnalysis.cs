namespace StepFlow.Language.Flow;

/// <summary>
/// Findings in a valid definition that the service does not report: data that no earlier state can
/// have produced, comparisons that never match, catchers, retriers and rules that are never used, loops without an exit,
/// and tasks that may wait forever. All are warnings. Unknown data gives none.
/// </summary>
public static class FlowAnalysis
{
    /// <summary>The warnings for a definition; none for one that cannot be read.</summary>
    public static IReadOnlyList<Diagnostic> Of(JsonValue definition)
    {
        var findings = new DiagnosticBag();
        if (DefinitionParser.ParseMachine(definition, new DiagnosticBag()) is not { } machine)
        {
            return [];
        }

        GraphFlow.Check(machine.Graph, ValueShape.Unknown, new(findings));
        UnreachableRules.Check(machine, findings);
        EndlessLoops.Check(machine.Graph, findings);
        EndlessWaits.Check(machine, findings);
        return findings.Items;
    }
}
