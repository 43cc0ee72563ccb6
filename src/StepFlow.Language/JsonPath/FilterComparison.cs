using System.Globalization;

namespace StepFlow.Language.JsonPath;

/// <summary>How filters compare, as Jayway 2.0.0 does. What cannot be compared satisfies no comparison, <c>!=</c> neither.</summary>
internal static class FilterComparison
{
    /// <summary>Whether a comparison holds.</summary>
    /// <param name="budget">The number of values that may still be visited.</param>
    /// <param name="model">The left side.</param>
    /// <param name="expected">The right side.</param>
    /// <param name="isLiteral">Whether the right side is written, not a path.</param>
    public static bool Holds(PathBudget budget, JsonValue model, FilterOperator comparison, JsonValue expected, bool isLiteral)
    {
        switch (comparison)
        {
            case FilterOperator.Equal:
                return Compare(budget, expected, model, isLiteral) == 0;
            case FilterOperator.NotEqual:
                return Compare(budget, expected, model, isLiteral) is { } difference && difference != 0;
            case FilterOperator.StrictlyEqual:
                return model.Kind == expected.Kind && AreEqual(budget, model, expected);
            case FilterOperator.StrictlyNotEqual:
                return !(model.Kind == expected.Kind && AreEqual(budget, model, expected));
            case FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater or FilterOperator.GreaterOrEqual:
                return model.IsNull == expected.IsNull && Compare(budget, expected, model, isLiteral) is { } order && Holds(comparison, -order);
            default:
                return OfLists(budget, model, comparison, expected);
        }
    }

    private static bool Holds(FilterOperator comparison, int order) => comparison switch
    {
        FilterOperator.Less => order < 0,
        FilterOperator.LessOrEqual => order <= 0,
        FilterOperator.Greater => order > 0,
        _ => order >= 0,
    };

    private static bool OfLists(PathBudget budget, JsonValue model, FilterOperator comparison, JsonValue expected) => comparison switch
    {
        FilterOperator.In => expected is JsonArray list && Has(budget, list, model),
        FilterOperator.NotIn => !(expected is JsonArray list && Has(budget, list, model)),
        FilterOperator.Contains => Contains(budget, model, expected),
        FilterOperator.SubsetOf => model is JsonArray part && expected is JsonArray whole && HasAll(budget, whole, part),
        FilterOperator.All => model is JsonArray whole && expected is JsonArray part && HasAll(budget, whole, part),
        FilterOperator.AnyOf => model is JsonArray some && expected is JsonArray others && HasAny(budget, some, others),
        FilterOperator.NoneOf => model is JsonArray some && expected is JsonArray others && !HasAny(budget, some, others),
        FilterOperator.Size => Length(model) is { } length && expected is JsonNumber number && number.ToDouble() == length,
        _ => Length(model) is { } length && expected is JsonBoolean empty && empty.Value == (length == 0),
    };

    /// <summary>The order of the right side against the left; null where they cannot be compared.</summary>
    private static int? Compare(PathBudget budget, JsonValue expected, JsonValue model, bool isLiteral)
    {
        if (IsNullish(expected) || IsNullish(model))
        {
            return IsNullish(model).CompareTo(IsNullish(expected));
        }

        budget.Take(model);
        return (expected, model) switch
        {
            // A literal in a filter is a text, even if it looks like a number or a boolean.
            (JsonNumber number, JsonString text) when isLiteral => string.CompareOrdinal(number.Text, text.Value),
            (JsonBoolean boolean, JsonString text) when isLiteral => string.CompareOrdinal(boolean.Value ? "true" : "false", text.Value),
            (JsonNumber, JsonBoolean boolean) when isLiteral => false.CompareTo(boolean.Value),
            (JsonString a, JsonString b) => string.CompareOrdinal(a.Value, b.Value),
            (JsonNumber a, JsonNumber b) => a.CompareTo(b),
            (JsonString text, JsonNumber number) when TryNumber(text.Value, out JsonNumber? parsed) => parsed.CompareTo(number),
            (JsonString text, JsonBoolean boolean) => string.Equals(text.Value, "true", StringComparison.OrdinalIgnoreCase).CompareTo(boolean.Value),
            (JsonBoolean a, JsonBoolean b) => a.Value.CompareTo(b.Value),
            _ => null,
        };
    }

    private static bool IsNullish(JsonValue value) => value is JsonNull or JsonString { Value: "null" };

    private static bool TryNumber(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out JsonNumber? number)
    {
        number = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer) ? JsonNumber.Create(integer)
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? JsonNumber.Create(value)
            : null;
        return number is not null;
    }

    private static bool AreEqual(PathBudget budget, JsonValue left, JsonValue right) => budget.Take(left) && left.Equals(right);

    private static bool Contains(PathBudget budget, JsonValue model, JsonValue expected) => (model, expected) switch
    {
        (JsonString whole, JsonString part) => whole.Value.Contains(part.Value, StringComparison.Ordinal),
        (JsonArray list, _) => Has(budget, list, expected),
        _ => false,
    };

    private static bool Has(PathBudget budget, JsonArray list, JsonValue value)
    {
        foreach (JsonValue item in list.AsSpan())
        {
            if (budget.Take(1) && Compare(budget, item, value, isLiteral: false) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAll(PathBudget budget, JsonArray whole, JsonArray part)
    {
        foreach (JsonValue item in part.AsSpan())
        {
            if (!Has(budget, whole, item))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasAny(PathBudget budget, JsonArray some, JsonArray others)
    {
        foreach (JsonValue item in others.AsSpan())
        {
            if (Has(budget, some, item))
            {
                return true;
            }
        }

        return false;
    }

    private static int? Length(JsonValue value) => value switch
    {
        JsonArray items => items.Count,
        JsonObject members => members.Count,
        JsonString text => text.Value.Length,
        _ => null,
    };
}
