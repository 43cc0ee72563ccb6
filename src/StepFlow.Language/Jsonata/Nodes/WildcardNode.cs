using System.Runtime.CompilerServices;

namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>All values of the context, <c>*</c>.</summary>
internal sealed class WildcardNode(SequenceEnd end, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        if (input is Sequence { OuterWrapper: true } wrapper)
        {
            input = wrapper[0];
        }

        var results = new Sequence(evaluator);
        bool hasArrays = false;
        if (input is JsonObject members)
        {
            evaluator.Charge(members.Count);
            foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
            {
                hasArrays |= Flatten(evaluator, results, member.Value);
            }
        }
        else
        {
            foreach (JsonValue? item in Items.Of(input))
            {
                hasArrays |= Flatten(evaluator, results, item);
            }
        }

        // If an array was flattened, the result is an array, even with a single element.
        return hasArrays && end != SequenceEnd.Keep ? results.Freeze() : Sequence.End(results, end);
    }

    private static bool Flatten(Evaluator evaluator, Sequence results, JsonValue? value)
    {
        evaluator.Charge(1);
        if (!Items.IsArray(value))
        {
            results.Add(value);
            return false;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (JsonValue? item in Items.Of(value))
        {
            Flatten(evaluator, results, item);
        }

        return true;
    }
}
