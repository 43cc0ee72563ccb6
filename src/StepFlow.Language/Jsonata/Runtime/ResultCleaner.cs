using System.Runtime.CompilerServices;
using StepFlow.Language.Json;

namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>Makes sure that what leaves the engine is plain JSON, within the limits.</summary>
internal static class ResultCleaner
{
    /// <summary>
    /// The value without what JSON cannot hold: members that are functions are dropped, elements that are become null,
    /// and numbers that are not finite become strings, as Step Functions writes them.
    /// </summary>
    public static JsonValue Clean(JsonValue value)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (value)
        {
            case JsonNumber number:
                return double.IsFinite(number.ToDouble()) ? number : new JsonString(JsonataText.OfDouble(number.ToDouble()));
            case JsonObject members:
                var kept = new List<KeyValuePair<string, JsonValue>>(members.Count);
                foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
                {
                    if (member.Value is not JsonataFunction)
                    {
                        kept.Add(new(member.Key, Clean(member.Value)));
                    }
                }

                return JsonObject.Adopt([.. kept]);
            case JsonArray array:
                var items = new JsonValue[array.Count];
                for (int i = 0; i < items.Length; i++)
                {
                    items[i] = array[i] is JsonataFunction ? JsonValue.Null : Clean(array[i]);
                }

                return JsonArray.Adopt(items);
            default:
                return value;
        }
    }

    /// <summary>Checks how deep and how large the value is.</summary>
    /// <exception cref="JsonataException">D1011 or D2015.</exception>
    public static void Check(Evaluator evaluator, JsonValue value, int maxDepth)
    {
        // A value that fewer constructions made than it may be deep cannot be too deep, and what is not built is not checked.
        if (evaluator.Constructed >= maxDepth / 2 && Exceeds(value, maxDepth))
        {
            throw new JsonataException(ErrorCodes.TooDeep);
        }

        long limit = evaluator.Budget.MaxValueBytes;
        if (evaluator.Constructed > 0 && value is JsonArray or JsonObject && value.Utf8Length > limit / 8 && Measure(value, limit) < 0)
        {
            throw new JsonataException(ErrorCodes.TooLarge) { Value = limit };
        }
    }

    private static bool Exceeds(JsonValue value, int depth)
    {
        switch (value)
        {
            case JsonObject members:
                foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
                {
                    if (depth == 0 || Exceeds(member.Value, depth - 1))
                    {
                        return true;
                    }
                }

                return false;
            case JsonArray array:
                foreach (JsonValue item in array.AsSpan())
                {
                    if (depth == 0 || Exceeds(item, depth - 1))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }

    /// <summary>What is left of the limit after the value: 8 bytes a number, 1 a character; negative as soon as it is used up.</summary>
    private static long Measure(JsonValue value, long left)
    {
        switch (value)
        {
            case JsonString text:
                return left - text.Value.Length;
            case JsonObject members:
                foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
                {
                    left = Measure(member.Value, left - member.Key.Length);
                    if (left < 0)
                    {
                        break;
                    }
                }

                return left;
            case JsonArray array:
                foreach (JsonValue item in array.AsSpan())
                {
                    left = Measure(item, left);
                    if (left < 0)
                    {
                        break;
                    }
                }

                return left;
            default:
                return left - (value is JsonNumber ? 8 : 1);
        }
    }
}
