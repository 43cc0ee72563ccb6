namespace StepFlow.Language.Graphs;

/// <summary>The short label of a transition.</summary>
internal static class EdgeLabel
{
    private const int MaxLength = 60;

    public static string Of(ChoiceRule rule) => Shorten(
        rule.Source["Comment"] is JsonString comment ? comment.Value
        : rule.Condition is { } condition ? Condition(condition)
        : Comparison(rule.Source));

    public static string OfCatcher(Catcher catcher) => Shorten(string.Join(", ", catcher.ErrorEquals));

    private static string Condition(JsonValue condition) =>
        condition is JsonString { Value: var text } ? text.Replace("{%", string.Empty, StringComparison.Ordinal).Replace("%}", string.Empty, StringComparison.Ordinal).Trim() : condition.ToString();

    private static string Comparison(JsonObject rule)
    {
        if (rule["Not"] is JsonObject inner)
        {
            return $"not ({Comparison(inner)})";
        }

        foreach (string combination in new[] { "And", "Or" })
        {
            if (rule[combination] is JsonArray parts)
            {
                return string.Join(combination == "And" ? " and " : " or ", parts.OfType<JsonObject>().Select(part => $"({Comparison(part)})"));
            }
        }

        KeyValuePair<string, JsonValue> comparison = rule.FirstOrDefault(field => field.Key is not ("Variable" or "Next" or "Assign" or "Comment"));
        return comparison.Key is null ? string.Empty : $"{rule.Text("Variable")} {comparison.Key} {comparison.Value}";
    }

    private static string Shorten(string text) => text.Length <= MaxLength ? text : text[..(MaxLength - 1)] + '…';
}
