using System.Globalization;
using StepFlow.Language.Json;

namespace StepFlow.Language.JsonPath;

/// <summary>How filters compare, as Jayway does. An operand of null stands for a path that selected nothing.</summary>
internal static class FilterComparison
{
    public static bool Holds(PathBudget budget, JsonValue? left, FilterOperator comparison, JsonValue? right) => comparison switch
    {
        FilterOperator.Equal => AreEqual(budget, left, right),
        FilterOperator.NotEqual => !AreEqual(budget, left, right),
        FilterOperator.StrictlyEqual => left?.Kind == right?.Kind && AreEqual(budget, left, right),
        FilterOperator.StrictlyNotEqual => !(left?.Kind == right?.Kind && AreEqual(budget, left, right)),
        FilterOperator.Less => Compare(left, right) < 0,
        FilterOperator.LessOrEqual => Compare(left, right) <= 0,
        FilterOperator.Greater => Compare(left, right) > 0,
        FilterOperator.GreaterOrEqual => Compare(left, right) >= 0,
        FilterOperator.In => right is JsonArray list && Has(budget, list, left),
        FilterOperator.NotIn => !(right is JsonArray list && Has(budget, list, left)),
        FilterOperator.Contains => Contains(budget, left, right),
        FilterOperator.SubsetOf => left is JsonArray part && right is JsonArray whole && HasAll(budget, whole, part),
        FilterOperator.All => left is JsonArray whole && right is JsonArray part && HasAll(budget, whole, part),
        FilterOperator.AnyOf => left is JsonArray some && right is JsonArray others && HasAny(budget, some, others),
        FilterOperator.NoneOf => left is JsonArray some && right is JsonArray others && !HasAny(budget, some, others),
        FilterOperator.Size => Length(left) is { } length && right is JsonNumber number && number.ToDouble() == length,
        _ => Length(left) is { } length && right is JsonBoolean expected && expected.Value == (length == 0),
    };

    private static bool AreEqual(PathBudget budget, JsonValue? left, JsonValue? right) => (left, right) switch
    {
        (null, _) or (_, null) => false,
        (JsonNumber number, JsonString text) => IsNumber(text, number),
        (JsonString text, JsonNumber number) => text.Value == number.Text,
        _ => budget.Take(left) && left.Equals(right),
    };

    private static bool IsNumber(JsonString text, JsonNumber number) =>
        double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value == number.ToDouble();

    /// <summary>The order of two numbers or two texts; null where there is none.</summary>
    private static int? Compare(JsonValue? left, JsonValue? right) => (left, right) switch
    {
        (JsonNumber a, JsonNumber b) => a.CompareTo(b),
        (JsonString a, JsonString b) => string.CompareOrdinal(a.Value, b.Value),
        _ => null,
    };

    private static bool Contains(PathBudget budget, JsonValue? left, JsonValue? right) => (left, right) switch
    {
        (JsonString whole, JsonString part) => whole.Value.Contains(part.Value, StringComparison.Ordinal),
        (JsonArray list, { } value) => Has(budget, list, value),
        _ => false,
    };

    private static bool Has(PathBudget budget, JsonArray list, JsonValue? value)
    {
        foreach (JsonValue item in list.AsSpan())
        {
            if (budget.Take(1) && AreEqual(budget, item, value))
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

    private static int? Length(JsonValue? value) => value switch
    {
        JsonArray items => items.Count,
        JsonObject members => members.Count,
        JsonString text => text.Value.Length,
        _ => null,
    };
}
