namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The operators + - * / %.</summary>
internal sealed class ArithmeticNode(ArithmeticOperator symbol, string token, Node left, Node right, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? l = left.Evaluate(evaluator, input, frame);
        JsonValue? r = right.Evaluate(evaluator, input, frame);
        evaluator.Leave();
        if (!Check(l, "T2001") | !Check(r, "T2002"))
        {
            return null;
        }

        var a = (JsonNumber)l!;
        var b = (JsonNumber)r!;
        return symbol switch
        {
            ArithmeticOperator.Add => Numbers.Add(evaluator, a, b),
            ArithmeticOperator.Subtract => Numbers.Subtract(evaluator, a, b),
            ArithmeticOperator.Multiply => Numbers.Multiply(evaluator, a, b),
            ArithmeticOperator.Divide => Numbers.Divide(evaluator, a, b),
            _ => Numbers.Remainder(evaluator, a, b),
        };
    }

    private bool Check(JsonValue? operand, string code)
    {
        if (operand is JsonNumber { IsInteger: true })
        {
            return true;
        }

        try
        {
            if (operand is null || Numbers.IsNumeric(operand))
            {
                return operand is not null;
            }

            throw new JsonataException(code) { Position = Position, Token = token, Value = operand };
        }
        catch (JsonataException e) when (e.Locate(Position, token))
        {
            throw;
        }
    }
}
