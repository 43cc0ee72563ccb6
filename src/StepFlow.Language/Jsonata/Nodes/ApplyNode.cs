namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A value passed on to a function, or a function to a function: <c>value ~&gt; $f</c>, <c>$f ~&gt; $g</c>.</summary>
internal sealed class ApplyNode(Node left, Node right, SequenceEnd end, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? value = left.Evaluate(evaluator, input, frame);
        JsonValue? target = right.Evaluate(evaluator, input, frame);
        if (target is not JsonataFunction function)
        {
            throw new JsonataException("T2006") { Position = Position, Token = "~>", Value = target };
        }

        JsonValue? result = value is JsonataFunction first ? new ComposedFunction(first, function) : Apply(evaluator, function, value);
        evaluator.Leave();
        return Sequence.End(result, end);
    }

    private JsonValue? Apply(Evaluator evaluator, JsonataFunction function, JsonValue? value)
    {
        try
        {
            return evaluator.Apply(function, [value], JsonValue.Null);
        }
        catch (JsonataException e) when (e.Locate(Position, null))
        {
            throw;
        }
    }
}
