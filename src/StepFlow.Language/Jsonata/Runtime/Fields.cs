using System.Runtime.CompilerServices;

namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>Fields by name.</summary>
internal static class Fields
{
    /// <summary>The field of an object, or the fields of all objects in an array, however nested.</summary>
    public static JsonValue? Lookup(Evaluator evaluator, JsonValue? input, string name)
    {
        if (input is JsonObject members)
        {
            return members[name];
        }

        if (!Items.IsArray(input))
        {
            return null;
        }

        var result = new Sequence(evaluator);
        Collect(evaluator, result, Items.Of(input), name);
        return result;
    }

    private static void Collect(Evaluator evaluator, Sequence result, ReadOnlySpan<JsonValue?> items, string name)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        evaluator.Charge(items.Length);
        int position = 0;
        foreach (JsonValue? item in items)
        {
            if (item is JsonObject members)
            {
                JsonValue? value = members.Find(name, ref position);
                if (value is JsonArray array)
                {
                    evaluator.Charge(array.Count / 8);
                    result.AddRange(array.AsSpan());
                }
                else if (value is not null)
                {
                    result.Add(value);
                }
            }
            else if (Items.IsArray(item))
            {
                Collect(evaluator, result, Items.Of(item), name);
            }
        }
    }
}
