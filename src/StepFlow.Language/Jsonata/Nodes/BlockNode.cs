namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>Expressions in a row; the last one's value is the block's.</summary>
/// <param name="slots">The number of variables that it binds; -1 if it needs no frame of its own.</param>
internal sealed class BlockNode(Node[] expressions, int slots, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonataFrame scope = slots < 0 ? frame : new JsonataFrame(frame, slots);
        JsonValue? result = null;
        foreach (Node expression in expressions)
        {
            result = expression.Evaluate(evaluator, input, scope);
        }

        evaluator.Leave();
        return result;
    }
}
