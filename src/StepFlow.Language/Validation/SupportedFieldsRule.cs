using System.Collections.Frozen;

namespace StepFlow.Language.Validation;

/// <summary>
/// Every field must exist for the state's type in the state's query language. The same applies to the objects inside a state.
/// If a state sets JSONPath in a state machine of JSONata, only that is reported.
/// </summary>
internal sealed class SupportedFieldsRule : StateRule
{
    private static readonly FrozenSet<string> ChoiceRuleFieldsOfJsonata = Set("Condition Next Assign Output Comment");
    private static readonly FrozenSet<string> RetrierFields = Set("ErrorEquals IntervalSeconds MaxAttempts BackoffRate MaxDelaySeconds JitterStrategy Comment");
    private static readonly FrozenSet<string> CatcherFields = Set("ErrorEquals Next ResultPath Output Assign Comment");
    private static readonly FrozenSet<string> BranchFields = Set("StartAt States Comment");
    private static readonly FrozenSet<string> ProcessorFields = Set("StartAt States Comment ProcessorConfig");
    private static readonly FrozenSet<string> ProcessorConfigFields = Set("Mode ExecutionType Comment");
    private static readonly FrozenSet<string> ItemReaderFields = Set("Resource Parameters Arguments ReaderConfig Comment");
    private static readonly FrozenSet<string> ItemBatcherFields = Set("MaxItemsPerBatch MaxItemsPerBatchPath MaxInputBytesPerBatch MaxInputBytesPerBatchPath BatchInput Comment");
    private static readonly FrozenSet<string> ResultWriterFields = Set("Resource Parameters Arguments WriterConfig Comment");

    public override void Check(State state, ValidationContext context)
    {
        if (state is UnreadableState)
        {
            return;
        }

        bool downgraded = context.MachineLanguage == QueryLanguage.Jsonata && state.QueryLanguage == QueryLanguage.JsonPath;
        if (downgraded)
        {
            context.Diagnostics.Schema(DiagnosticMessages.QueryLanguageDowngrade, state.Location);
        }

        foreach (KeyValuePair<string, JsonValue> field in state.Source)
        {
            CheckField(state, field.Key, downgraded, context);
        }

        CheckInside(state, context);
    }

    private static void CheckField(State state, string field, bool downgraded, ValidationContext context)
    {
        StateFields fields = StateFields.Of(state);
        if (fields.Common.Contains(field))
        {
            return;
        }

        QueryLanguage? language = StateFields.LanguageOf(field);
        if (language is { } needed && needed != state.QueryLanguage)
        {
            if (!downgraded)
            {
                context.Diagnostics.Schema(DiagnosticMessages.OtherQueryLanguage(Name(state.QueryLanguage), field, Name(needed)), state.Location);
            }
        }
        else if (!(state.QueryLanguage == QueryLanguage.JsonPath ? fields.JsonPath : fields.Jsonata).Contains(field))
        {
            context.Diagnostics.Schema(DiagnosticMessages.NotSupported(field), state.Location);
        }
    }

    private static void CheckInside(State state, ValidationContext context)
    {
        CheckAll(StateTree.Retriers(state), RetrierFields, state, context);
        CheckAll(StateTree.Catchers(state), CatcherFields, state, context);
        switch (state)
        {
            case ChoiceState choice when choice.QueryLanguage == QueryLanguage.Jsonata:
                CheckAll(choice.Choices, ChoiceRuleFieldsOfJsonata, state, context);
                break;
            case ParallelState parallel:
                CheckAll(parallel.Branches, BranchFields, state, context);
                break;
            case MapState map:
                CheckAll(OneOrNone(map.Processor), ProcessorFields, state, context);
                CheckAll(OneOrNone(map.Processor?.ProcessorConfig), ProcessorConfigFields, state, context);
                CheckAll(OneOrNone(map.ItemReader), ItemReaderFields, state, context);
                CheckAll(OneOrNone(map.ItemBatcher), ItemBatcherFields, state, context);
                CheckAll(OneOrNone(map.ResultWriter), ResultWriterFields, state, context);
                break;
        }
    }

    private static void CheckAll(IEnumerable<DefinitionNode> nodes, FrozenSet<string> known, State state, ValidationContext context)
    {
        foreach (DefinitionNode node in nodes)
        {
            foreach (KeyValuePair<string, JsonValue> field in node.Source)
            {
                if (StateFields.LanguageOf(field.Key) is { } needed && needed != state.QueryLanguage)
                {
                    context.Diagnostics.Schema(DiagnosticMessages.OtherQueryLanguage(Name(state.QueryLanguage), field.Key, Name(needed)), node.Location);
                }
                else if (!known.Contains(field.Key))
                {
                    context.Diagnostics.Schema(DiagnosticMessages.NotSupported(field.Key), node.Location);
                }
            }
        }
    }

    private static IEnumerable<DefinitionNode> OneOrNone(DefinitionNode? node) => node is null ? [] : [node];

    private static string Name(QueryLanguage language) => language == QueryLanguage.JsonPath ? "JSONPath" : "JSONata";

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet();
}
