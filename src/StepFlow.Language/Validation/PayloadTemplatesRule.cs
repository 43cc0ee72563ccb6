using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Json;
using StepFlow.Language.Templates;

namespace StepFlow.Language.Validation;

/// <summary>The templates of a JSONPath state hold valid expressions, and no field once with <c>.$</c> and once without.</summary>
internal sealed class PayloadTemplatesRule : StateRule
{
    private const string Suffix = ".$";

    public override void Check(State state, ValidationContext context)
    {
        if (state.QueryLanguage != QueryLanguage.JsonPath)
        {
            return;
        }

        CheckAll(state, context, "Parameters", "ResultSelector", "ItemSelector", "Assign", "Credentials");
        foreach (Catcher catcher in StateTree.Catchers(state))
        {
            CheckAll(catcher, context, "Assign");
        }

        switch (state)
        {
            case ChoiceState choice:
                foreach (ChoiceRule rule in choice.Choices)
                {
                    CheckAll(rule, context, "Assign");
                }

                break;
            case MapState map:
                CheckAll(map.ItemReader, context, "Parameters");
                CheckAll(map.ItemBatcher, context, "BatchInput");
                CheckAll(map.ResultWriter, context, "Parameters");
                break;
        }
    }

    private static void CheckAll(DefinitionNode? node, ValidationContext context, params string[] fields)
    {
        foreach (string field in fields)
        {
            if (node?.Source[field] is { } template)
            {
                Check(template, $"{node.Location}/{field}", context);
            }
        }
    }

    private static void Check(JsonValue template, string location, ValidationContext context)
    {
        if (!PayloadTemplate.TryParse(template, out _, out IReadOnlyList<TemplateError> errors))
        {
            foreach (TemplateError error in errors)
            {
                context.Diagnostics.Schema(DiagnosticMessages.NotAPathOrIntrinsic(error.Field), location + error.Location);
            }
        }

        CheckDuplicates(template, location, context);
    }

    private static void CheckDuplicates(JsonValue template, string location, ValidationContext context)
    {
        if (template is JsonArray items)
        {
            for (int i = 0; i < items.Count; i++)
            {
                CheckDuplicates(items[i], $"{location}[{i}]", context);
            }
        }
        else if (template is JsonObject members)
        {
            foreach (KeyValuePair<string, JsonValue> member in members)
            {
                if (member.Key.EndsWith(Suffix, StringComparison.Ordinal) && members.ContainsKey(member.Key[..^Suffix.Length]))
                {
                    context.Diagnostics.Schema(DiagnosticMessages.DuplicateTemplateField(member.Key[..^Suffix.Length]), location);
                }

                CheckDuplicates(member.Value, $"{location}/{member.Key}", context);
            }
        }
    }
}
