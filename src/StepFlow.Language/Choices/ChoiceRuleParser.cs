using System.Diagnostics.CodeAnalysis;
using StepFlow.Language.Compilation;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Choices;

/// <summary>Reads the condition of a JSONPath Choice rule: <c>And</c>, <c>Or</c>, <c>Not</c>, or <c>Variable</c> with one operator.</summary>
public static class ChoiceRuleParser
{
    private const int MaxDepth = 100;

    /// <summary>Reads the condition of a rule. The other fields (<c>Next</c>, <c>Assign</c>, <c>Comment</c>) are ignored.</summary>
    /// <param name="rule">The rule as written.</param>
    /// <param name="input">The value to which the rule's paths apply.</param>
    /// <param name="error">The problem of the rule.</param>
    public static bool TryParse(JsonObject rule, EffectiveInput input, [NotNullWhen(true)] out Field<bool>? condition, [NotNullWhen(false)] out string? error)
    {
        error = null;
        condition = Parse(rule, input, 0, ref error);
        return condition is not null;
    }

    private static Field<bool>? Parse(JsonValue? source, EffectiveInput input, int depth, ref string? error)
    {
        if (source is not JsonObject rule || depth > MaxDepth)
        {
            error = depth > MaxDepth ? "The rule nests too deep." : "A rule is an object.";
            return null;
        }

        if (rule["And"] is { } all)
        {
            return ParseAll(all, input, depth, ref error) is { } conditions ? new CombinedCondition(conditions, deciding: false) : null;
        }

        if (rule["Or"] is { } any)
        {
            return ParseAll(any, input, depth, ref error) is { } conditions ? new CombinedCondition(conditions, deciding: true) : null;
        }

        if (rule["Not"] is { } negated)
        {
            return Parse(negated, input, depth + 1, ref error) is { } condition ? new NotCondition(condition) : null;
        }

        return ParseComparison(rule, input, ref error);
    }

    private static Field<bool>[]? ParseAll(JsonValue source, EffectiveInput input, int depth, ref string? error)
    {
        if (source is not JsonArray { Count: > 0 } rules)
        {
            error = "And and Or take a list of rules.";
            return null;
        }

        var conditions = new Field<bool>[rules.Count];
        for (int i = 0; i < conditions.Length; i++)
        {
            if (Parse(rules[i], input, depth + 1, ref error) is not { } condition)
            {
                return null;
            }

            conditions[i] = condition;
        }

        return conditions;
    }

    private static ComparisonCondition? ParseComparison(JsonObject rule, EffectiveInput input, ref string? error)
    {
        if (rule["Variable"] is not JsonString { Value: var text })
        {
            error = "A rule has a Variable.";
            return null;
        }

        if (!PathExpression.TryParse(text, out PathExpression? variable, out error))
        {
            return null;
        }

        foreach (KeyValuePair<string, JsonValue> member in rule.AsSpan())
        {
            if (ComparisonOperator.Find(member.Key) is not { } comparison)
            {
                continue;
            }

            if (!comparison.Accepts(member.Value))
            {
                error = $"The operand of {comparison.Name} has the wrong type.";
                return null;
            }

            if (!comparison.IsPath)
            {
                return new(variable, comparison, member.Value, input);
            }

            return PathExpression.TryParse(((JsonString)member.Value).Value, out PathExpression? operand, out error)
                ? new(variable, comparison, operand, input)
                : null;
        }

        error = "A rule has a comparison operator.";
        return null;
    }
}
