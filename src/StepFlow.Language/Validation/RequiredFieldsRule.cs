using System.Diagnostics;

namespace StepFlow.Language.Validation;

/// <summary>The fields that a state and the objects in it cannot do without are there, and not empty.</summary>
internal sealed class RequiredFieldsRule : StateRule
{
    public override void Check(State state, ValidationContext context)
    {
        switch (state)
        {
            case TaskState:
                FieldSets.CheckRequired(state, context, "Resource");
                break;
            case ChoiceState choice:
                CheckChoice(choice, context);
                break;
            case WaitState:
                CheckOneOf(state, context, state.QueryLanguage == QueryLanguage.JsonPath
                    ? ["Seconds", "Timestamp", "SecondsPath", "TimestampPath"]
                    : ["Seconds", "Timestamp"]);
                break;
            case ParallelState:
                FieldSets.CheckRequired(state, context, "Branches");
                FieldSets.CheckNotEmpty(state, "Branches", context);
                break;
            case MapState map:
                CheckMap(map, context);
                break;
            case PassState or SucceedState or FailState or UnreadableState:
                break;
            default:
                throw new UnreachableException();
        }

        foreach (Retrier retrier in StateTree.Retriers(state))
        {
            FieldSets.CheckRequired(retrier, context, "ErrorEquals");
            FieldSets.CheckNotEmpty(retrier, "ErrorEquals", context);
        }

        foreach (Catcher catcher in StateTree.Catchers(state))
        {
            FieldSets.CheckRequired(catcher, context, "ErrorEquals", "Next");
            FieldSets.CheckNotEmpty(catcher, "ErrorEquals", context);
        }
    }

    private static void CheckChoice(ChoiceState choice, ValidationContext context)
    {
        FieldSets.CheckRequired(choice, context, "Choices");
        FieldSets.CheckNotEmpty(choice, "Choices", context);
        foreach (ChoiceRule rule in choice.Choices)
        {
            if (choice.QueryLanguage == QueryLanguage.Jsonata)
            {
                FieldSets.CheckRequired(rule, context, "Condition", "Next");
            }
            else
            {
                FieldSets.CheckRequired(rule, context, "Next");
            }
        }
    }

    private static void CheckMap(MapState map, ValidationContext context)
    {
        CheckOneOf(map, context, "ItemProcessor", "Iterator");
        if (map.ItemReader is { } reader)
        {
            FieldSets.CheckRequired(reader, context, map.QueryLanguage == QueryLanguage.Jsonata ? ["Resource", "Arguments"] : ["Resource"]);
        }

        if (map.ItemBatcher is { } batcher)
        {
            CheckOneOf(batcher, context, map.QueryLanguage == QueryLanguage.JsonPath
                ? ["MaxItemsPerBatch", "MaxItemsPerBatchPath", "MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"]
                : ["MaxItemsPerBatch", "MaxInputBytesPerBatch"]);
        }

        if (map.ResultWriter is { } writer)
        {
            CheckOneOf(writer, context, "WriterConfig", "Resource");
            if (map.QueryLanguage == QueryLanguage.Jsonata && writer.Resource is not null)
            {
                FieldSets.CheckRequired(writer, context, "Arguments");
            }
        }
    }

    private static void CheckOneOf(DefinitionNode node, ValidationContext context, params string[] fields)
    {
        JsonObject source = node.Source;
        if (!fields.Any(source.ContainsKey))
        {
            context.Diagnostics.Schema(DiagnosticMessages.OneRequired(fields), node.Location);
        }
    }
}
