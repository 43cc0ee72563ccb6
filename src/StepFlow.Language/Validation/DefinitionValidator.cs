using StepFlow.Language.Catalogue;

namespace StepFlow.Language.Validation;

/// <summary>Applies every rule to a definition and collects all findings; the table of contents of validation.</summary>
public static class DefinitionValidator
{
    private static readonly MachineRule[] MachineRules =
    [
        new MachineFieldsRule(),
        new UniqueStateNamesRule(),
        new UniqueLabelsRule(),
    ];

    private static readonly StateRule[] StateRules =
    [
        new StateNameRule(),
        new SupportedFieldsRule(),
        new QueryLanguageRule(),
        new RequiredFieldsRule(),
        new ExclusiveFieldsRule(),
        new NextOrEndRule(),
        new TargetNamesRule(),
        new TaskResourceRule(),
        new IntegrationRule(),
        new ExpressRule(),
        new CredentialsRule(),
        new NumberRangesRule(),
        new RetrierRule(),
        new ErrorEqualsRule(),
        new MapProcessorRule(),
        new MapStorageRule(),
        new MapLabelRule(),
        new VariableNamesRule(),
        new TimestampRule(),
        new ChoiceRulesRule(),
        new PathsRule(),
        new PayloadTemplatesRule(),
        new ExpressionFieldsRule(),
        new JsonataExpressionsRule(),
        new LooksLikePathRule(),
    ];

    private static readonly GraphRule[] GraphRules = [new TransitionsRule()];

    /// <summary>Checks a machine.</summary>
    /// <param name="diagnostics">Where findings go.</param>
    /// <param name="integrations">The integrations that Resources may name; null if they are not checked.</param>
    public static void Validate(StateMachineDefinition machine, StateMachineType type, DiagnosticBag diagnostics, IntegrationCatalogue? integrations = null)
    {
        var context = new ValidationContext(diagnostics, machine.QueryLanguage, type, integrations);
        foreach (MachineRule rule in MachineRules)
        {
            rule.Check(machine, context);
        }

        CheckGraph(machine.Graph, context);
    }

    /// <summary>Checks a single state and everything inside it, but not the states that follow it.</summary>
    /// <param name="diagnostics">Where findings go.</param>
    /// <param name="integrations">What Resources may name; null where they are not checked.</param>
    public static void ValidateState(State state, QueryLanguage machineLanguage, DiagnosticBag diagnostics, IntegrationCatalogue? integrations = null) =>
        CheckState(state, new(diagnostics, machineLanguage, StateMachineType.Standard, integrations));

    private static void CheckGraph(StateGraphDefinition graph, ValidationContext context)
    {
        foreach (State state in graph.States)
        {
            CheckState(state, context);
        }

        foreach (GraphRule rule in GraphRules)
        {
            rule.Check(graph, context);
        }
    }

    private static void CheckState(State state, ValidationContext context)
    {
        foreach (StateRule rule in StateRules)
        {
            rule.Check(state, context);
        }

        foreach (StateGraphDefinition graph in StateTree.Graphs(state))
        {
            CheckGraph(graph, context);
        }
    }
}
