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

        foreach (DefinitionNode node in StateTree.Assigning(state))
        {
            CheckAll(node, context, node is State ? ["Parameters", "ResultSelector", "ItemSelector", "Assign", "Credentials"] : ["Assign"]);
        }

        if (state is MapState map)
        {
            CheckAll(map.ItemReader, context, "Parameters");
            CheckAll(map.ItemBatcher, context, "BatchInput");
            CheckAll(map.ResultWriter, context, "Parameters");
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
        if (PayloadTemplate.TryParse(template, out _, out IReadOnlyList<TemplateError> errors))
        {
            return;
        }

        foreach (TemplateError error in errors)
        {
            context.Diagnostics.Schema(
                error.IsDuplicate
                    ? DiagnosticMessages.DuplicateTemplateField(error.Field.EndsWith(Suffix, StringComparison.Ordinal) ? error.Field[..^Suffix.Length] : error.Field)
                    : DiagnosticMessages.NotAPathOrIntrinsic(error.Field),
                location + error.Location);
        }
    }
}
