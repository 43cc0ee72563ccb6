using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;

namespace StepFlow.Language.Flow;

/// <summary>
/// What can be told of a valid definition before it runs, beyond what the service says: data that no earlier state can
/// have produced, comparisons that can never match, catchers, retriers and rules that can never be taken, loops without a way out,
/// and tasks that may wait for ever. All are warnings; what is not known leads to none.
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
