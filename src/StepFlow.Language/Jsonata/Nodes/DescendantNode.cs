using System.Runtime.CompilerServices;

namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The context and everything within it, <c>**</c>.</summary>
internal sealed class DescendantNode(SequenceEnd end, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        if (input is null)
        {
            return null;
        }

        var results = new Sequence(evaluator);
        Collect(evaluator, results, input);
        return results.Count == 1 ? results[0] : Sequence.End(results, end);
    }

    private static void Collect(Evaluator evaluator, Sequence results, JsonValue? value)
    {
        evaluator.Charge(1);
        if (value is JsonObject members)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            results.Add(value);
            foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
            {
                Collect(evaluator, results, member.Value);
            }
        }
        else if (Items.IsArray(value))
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            foreach (JsonValue? item in Items.Of(value))
            {
                Collect(evaluator, results, item);
            }
        }
        else
        {
            results.Add(value);
        }
    }
}
