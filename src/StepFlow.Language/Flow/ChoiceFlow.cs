using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Flow;

/// <summary>Comparisons of a JSONPath Choice that can never match, and variables that can never be there.</summary>
internal static class ChoiceFlow
{
    private static readonly (string Prefix, ShapeKind Kind)[] Comparisons =
    [
        ("String", ShapeKind.String),
        ("Timestamp", ShapeKind.String),
        ("Numeric", ShapeKind.Number),
        ("Boolean", ShapeKind.Boolean),
    ];

    public static void Check(ChoiceState choice, ValueShape input, FlowScope scope)
    {
        // A rule that tests whether a variable is present expects that it can be missing.
        var tested = new HashSet<string>(StringComparer.Ordinal);
        foreach (ChoiceRule rule in choice.Choices)
        {
            CollectTested(rule.Source, tested);
        }

        foreach (ChoiceRule rule in choice.Choices)
        {
            CheckRule(rule.Source, input, rule.Location, tested, scope);
        }
    }

    private static void CollectTested(JsonObject rule, HashSet<string> tested)
    {
        if (rule["Variable"] is JsonString variable && (rule.ContainsKey("IsPresent") || rule.ContainsKey("IsNull")))
        {
            tested.Add(variable.Value);
        }

        foreach (JsonObject inner in Inner(rule))
        {
            CollectTested(inner, tested);
        }
    }

    private static void CheckRule(JsonObject rule, ValueShape input, string location, HashSet<string> tested, FlowScope scope)
    {
        foreach (JsonObject inner in Inner(rule))
        {
            CheckRule(inner, input, location, tested, scope);
        }

        if (rule["Variable"] is not JsonString { Value: var text } || tested.Any(known => text.StartsWith(known, StringComparison.Ordinal))
            || !PathExpression.TryParse(text, out PathExpression? path, out _))
        {
            return;
        }

        if (ShapePath.Select(path, input) is not { } shape)
        {
            scope.NothingThere(text, location + "/Variable");
            return;
        }

        foreach (KeyValuePair<string, JsonValue> member in rule)
        {
            ShapeKind expected = Array.Find(Comparisons, comparison => member.Key.StartsWith(comparison.Prefix, StringComparison.Ordinal)).Kind;
            if (expected != ShapeKind.Unknown && shape.Kind != ShapeKind.Unknown && shape.Kind != expected)
            {
                scope.Findings?.Warning(DiagnosticCodes.ComparisonNeverMatches, DiagnosticMessages.ComparisonNeverMatches(text, shape.Kind.ToString().ToLowerInvariant(), member.Key), location);
            }
        }
    }

    private static IEnumerable<JsonObject> Inner(JsonObject rule)
    {
        IEnumerable<JsonValue> parts = (rule["And"] as JsonArray ?? JsonArray.Empty).Concat(rule["Or"] as JsonArray ?? JsonArray.Empty);
        return rule["Not"] is { } not ? parts.Append(not).OfType<JsonObject>() : parts.OfType<JsonObject>();
    }
}
