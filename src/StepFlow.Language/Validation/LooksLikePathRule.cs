namespace StepFlow.Language.Validation;

/// <summary>Warns about literals that look like paths.</summary>
internal sealed class LooksLikePathRule : StateRule
{
    private static readonly string[] Templates = ["Parameters", "ResultSelector", "ItemSelector", "Assign"];
    private static readonly string[] FieldsWithPathForm = ["Timestamp", "Error", "Cause"];

    public override void Check(State state, ValidationContext context)
    {
        if (state.QueryLanguage != QueryLanguage.JsonPath)
        {
            return;
        }

        foreach (string field in Templates)
        {
            if (state.Source[field] is { } template)
            {
                CheckTemplate(template, $"{state.Location}/{field}", context);
            }
        }

        foreach (string field in FieldsWithPathForm)
        {
            if (state.Source[field] is JsonString text && LooksEvaluated(text.Value))
            {
                context.Diagnostics.Warning(DiagnosticCodes.NoPath, DiagnosticMessages.LooksLikePathField(field), $"{state.Location}/{field}");
            }
        }

        if (state is PassState { Result: { } result } && HoldsPath(result))
        {
            context.Diagnostics.Warning(DiagnosticCodes.PassResultIsStatic, DiagnosticMessages.ResultIsStatic, state.Location + "/Result");
        }
    }

    private static void CheckTemplate(JsonValue template, string location, ValidationContext context)
    {
        if (template is JsonArray items)
        {
            for (int i = 0; i < items.Count; i++)
            {
                CheckTemplate(items[i], $"{location}[{i}]", context);
            }
        }
        else if (template is JsonObject members)
        {
            foreach (KeyValuePair<string, JsonValue> member in members)
            {
                string memberLocation = $"{location}/{member.Key}";
                if (member.Value is JsonString text && !member.Key.EndsWith(".$", StringComparison.Ordinal) && LooksEvaluated(text.Value))
                {
                    context.Diagnostics.Warning(DiagnosticCodes.NoDollar, DiagnosticMessages.LooksLikePath(member.Key), memberLocation);
                }

                CheckTemplate(member.Value, memberLocation, context);
            }
        }
    }

    private static bool HoldsPath(JsonValue value) => value switch
    {
        JsonString text => LooksEvaluated(text.Value),
        JsonObject members => members.Any(member => HoldsPath(member.Value)),
        JsonArray items => items.Any(HoldsPath),
        _ => false,
    };

    private static bool LooksEvaluated(string text) =>
        text == "$"
        || text.StartsWith("$.", StringComparison.Ordinal)
        || text.StartsWith("$[", StringComparison.Ordinal)
        || text.StartsWith("$$.", StringComparison.Ordinal)
        || (text.StartsWith("States.", StringComparison.Ordinal) && text.EndsWith(')'));
}
