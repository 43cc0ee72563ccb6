using System.Runtime.CompilerServices;

namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>Equality by value, as the operators = and != and $distinct see it.</summary>
internal static class DeepEquality
{
    public static bool Equal(Evaluator evaluator, JsonValue? left, JsonValue? right)
    {
        if (ReferenceEquals(left, right))
        {
            return left is not JsonNumber same || !double.IsNaN(same.ToDouble());
        }

        return left switch
        {
            JsonString text => right is JsonString other && TextsEqual(evaluator, text.Value, other.Value),
            JsonNumber number => right is JsonNumber second && NumbersEqual(number, second),
            JsonObject members => right is JsonObject candidate && ObjectsEqual(evaluator, members, candidate),
            JsonArray or Sequence => right is JsonArray or Sequence && ItemsEqual(evaluator, Items.Of(left), Items.Of(right)),
            _ => left is JsonNull && right is JsonNull,
        };
    }

    private static bool TextsEqual(Evaluator evaluator, string left, string right)
    {
        evaluator.ChargeScan(left.Length);
        return string.Equals(left, right, StringComparison.Ordinal);
    }

    private static bool NumbersEqual(JsonNumber left, JsonNumber right) => left.IsInteger && right.IsInteger
        ? left.CompareTo(right) == 0
        : left.ToDouble() == right.ToDouble();

    private static bool ItemsEqual(Evaluator evaluator, ReadOnlySpan<JsonValue?> left, ReadOnlySpan<JsonValue?> right)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (left.Length != right.Length)
        {
            return false;
        }

        evaluator.Charge(left.Length);
        for (int i = 0; i < left.Length; i++)
        {
            if (!Equal(evaluator, left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ObjectsEqual(Evaluator evaluator, JsonObject left, JsonObject right)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (left.Count != right.Count)
        {
            return false;
        }

        evaluator.Charge(left.Count);
        foreach (KeyValuePair<string, JsonValue> member in left.AsSpan())
        {
            if (right[member.Key] is not { } value || !Equal(evaluator, member.Value, value))
            {
                return false;
            }
        }

        return true;
    }
}
