using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;
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
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (ChoiceRule rule in choice.Choices)
        {
            CollectAsked(rule.Source, asked);
        }

        foreach (ChoiceRule rule in choice.Choices)
        {
            CheckRule(rule.Source, input, rule.Location, asked, scope);
        }
    }

    private static void CollectAsked(JsonObject rule, HashSet<string> asked)
    {
        if (rule["Variable"] is JsonString variable && (rule.ContainsKey("IsPresent") || rule.ContainsKey("IsNull")))
        {
            asked.Add(variable.Value);
        }

        foreach (JsonObject inner in Inner(rule))
        {
            CollectAsked(inner, asked);
        }
    }

    private static void CheckRule(JsonObject rule, ValueShape input, string location, HashSet<string> asked, FlowScope scope)
    {
        foreach (JsonObject inner in Inner(rule))
        {
            CheckRule(inner, input, location, asked, scope);
        }

        if (rule["Variable"] is not JsonString { Value: var text } || asked.Any(known => text.StartsWith(known, StringComparison.Ordinal))
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
