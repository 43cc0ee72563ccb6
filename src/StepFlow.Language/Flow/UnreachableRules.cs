using StepFlow.Language.Validation;

namespace StepFlow.Language.Flow;

/// <summary>Catchers and retriers whose errors earlier ones handle, and rules of a Choice that an earlier rule always decides.</summary>
internal static class UnreachableRules
{
    private static readonly string[] NotConditions = ["Next", "Assign", "Output", "Comment"];

    public static void Check(StateMachineDefinition machine, DiagnosticBag findings)
    {
        foreach (State state in StateTree.All(machine.Graph))
        {
            CheckErrors(StateTree.Retriers(state).Select(retrier => (retrier.ErrorEquals, retrier.Location)), findings);
            CheckErrors(StateTree.Catchers(state).Select(catcher => (catcher.ErrorEquals, catcher.Location)), findings);
            if (state is ChoiceState choice)
            {
                CheckRules(choice, findings);
            }
        }
    }

    private static void CheckErrors(IEnumerable<(IReadOnlyList<string> Errors, string Location)> entries, DiagnosticBag findings)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach ((IReadOnlyList<string> errors, string location) in entries)
        {
            if (errors.Count > 0 && errors.All(taken.Contains))
            {
                findings.Warning(DiagnosticCodes.UnreachableRules, DiagnosticMessages.ErrorsTaken(errors), location);
            }

            taken.UnionWith(errors);
        }
    }

    private static void CheckRules(ChoiceState choice, DiagnosticBag findings)
    {
        var seen = new HashSet<JsonValue>();
        bool decided = false;
        foreach (ChoiceRule rule in choice.Choices)
        {
            JsonObject condition = NotConditions.Aggregate(rule.Source, (source, name) => source.Without(name));
            if (decided || !seen.Add(condition))
            {
                findings.Warning(DiagnosticCodes.UnreachableRules, DiagnosticMessages.RuleTaken, rule.Location);
            }

            decided |= rule.Condition is JsonBoolean { Value: true };
        }
    }
}
