namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The minus before an operand.</summary>
internal sealed class NegateNode(Node operand, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? value = operand.Evaluate(evaluator, input, frame);
        evaluator.Leave();
        if (value is null)
        {
            return null;
        }

        return Numbers.IsNumeric(value)
            ? Numbers.Negate(evaluator, (JsonNumber)value)
            : throw new JsonataException("D1002") { Position = Position, Token = "-", Value = value };
    }
}
