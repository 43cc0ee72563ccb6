using System.Runtime.CompilerServices;

namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>Makes sure that what leaves the engine is plain JSON, within the limits.</summary>
internal static class ResultCleaner
{
    /// <summary>
    /// The value without what JSON cannot hold: members that are functions are dropped, elements that are become null,
    /// and numbers that are not finite become strings, as Step Functions writes them.
    /// </summary>
    public static JsonValue Clean(Evaluator evaluator, JsonValue value)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (value)
        {
            case JsonNumber number:
                return double.IsFinite(number.ToDouble()) ? number : new JsonString(JsonataStrings.OfDouble(number.ToDouble()));
            case JsonObject members:
                evaluator.Charge(members.Count);
                var kept = new List<KeyValuePair<string, JsonValue>>(members.Count);
                foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
                {
                    if (member.Value is not JsonataFunction)
                    {
                        kept.Add(new(member.Key, Clean(evaluator, member.Value)));
                    }
                }

                return JsonObject.Adopt([.. kept]);
            case JsonArray array:
                evaluator.Charge(array.Count);
                var items = new JsonValue[array.Count];
                for (int i = 0; i < items.Length; i++)
                {
                    items[i] = array[i] is JsonataFunction ? JsonValue.Null : Clean(evaluator, array[i]);
                }

                return JsonArray.Adopt(items);
            default:
                return value;
        }
    }

    /// <summary>Checks how deep and how large the value is.</summary>
    /// <exception cref="JsonataException">D1011, D1012 or D2015.</exception>
    public static void Check(Evaluator evaluator, JsonValue value, int maxDepth)
    {
        // A value that was made of fewer arrays and objects than the maximum depth cannot be too deep. Values that were not built here are not checked.
        if (evaluator.Constructed >= maxDepth / 2)
        {
            CheckDepth(evaluator, value, maxDepth);
        }

        long limit = evaluator.Budget.MaxValueBytes;
        if (evaluator.Constructed > 0 && value is JsonArray or JsonObject && value.Utf8Length > limit / 8 && Measure(evaluator, value, limit) < 0)
        {
            throw Evaluator.TooLarge();
        }
    }

    /// <summary>Values share parts, so the traversed tree can be far larger than the memory. Each part is charged.</summary>
    private static void CheckDepth(Evaluator evaluator, JsonValue value, int depth)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } members:
                evaluator.Charge(members.Count);
                foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
                {
                    CheckDepth(evaluator, member.Value, Deeper(depth));
                }

                break;
            case JsonArray { Count: > 0 } array:
                evaluator.Charge(array.Count);
                foreach (JsonValue item in array.AsSpan())
                {
                    CheckDepth(evaluator, item, Deeper(depth));
                }

                break;
        }
    }

    private static int Deeper(int depth) => depth > 0 ? depth - 1 : throw new JsonataException(EvaluationErrorCodes.TooDeep);

    /// <summary>The rest of the limit after the value: 8 bytes for a number, 1 for a character. Negative when it is used up.</summary>
    private static long Measure(Evaluator evaluator, JsonValue value, long left)
    {
        switch (value)
        {
            case JsonString text:
                return left - text.Value.Length;
            case JsonObject members:
                evaluator.Charge(members.Count);
                foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
                {
                    left = Measure(evaluator, member.Value, left - member.Key.Length);
                    if (left < 0)
                    {
                        break;
                    }
                }

                return left;
            case JsonArray array:
                evaluator.Charge(array.Count);
                foreach (JsonValue item in array.AsSpan())
                {
                    left = Measure(evaluator, item, left);
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
