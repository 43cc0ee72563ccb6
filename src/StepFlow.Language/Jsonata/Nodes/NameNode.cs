using System.Runtime.CompilerServices;
using StepFlow.Language.Json;
using StepFlow.Language.Jsonata.Values;

namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A field of the context, or of each of its elements.</summary>
internal sealed class NameNode(string name, SequenceEnd end, int position) : Node(position)
{
    public string Name { get; } = name;

    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, Frame frame)
    {
        if (input is JsonObject members)
        {
            return members[Name];
        }

        return Items.IsArray(input) ? Sequence.End(Lookup(evaluator, input, Name), end) : null;
    }

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
        int place = 0;
        foreach (JsonValue? item in items)
        {
            if (item is JsonObject members)
            {
                JsonValue? value = members.Find(name, ref place);
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
