namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The operators &lt; &lt;= &gt; &gt;=, of two numbers or two strings.</summary>
internal sealed class ComparisonNode(OrderOperator symbol, string token, Node left, Node right, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? l = left.Evaluate(evaluator, input, frame);
        JsonValue? r = right.Evaluate(evaluator, input, frame);
        evaluator.Leave();
        if (l is JsonNumber a && r is JsonNumber b)
        {
            return a.IsInteger && b.IsInteger ? Holds(a.CompareTo(b)) : OfDoubles(a.ToDouble(), b.ToDouble());
        }

        if (l is JsonString s && r is JsonString t)
        {
            evaluator.ChargeScan(Math.Min(s.Value.Length, t.Value.Length));
            return Holds(string.CompareOrdinal(s.Value, t.Value));
        }

        if (l is not (null or JsonNumber or JsonString) || r is not (null or JsonNumber or JsonString))
        {
            throw new JsonataException("T2010") { Position = Position, Token = token, Value = l is JsonNumber or JsonString ? r : l };
        }

        return l is null || r is null
            ? null
            : throw new JsonataException("T2009") { Position = Position, Token = token, Value = l, Value2 = r };
    }

    private bool OfDoubles(double a, double b) => symbol switch
    {
        OrderOperator.Less => a < b,
        OrderOperator.LessOrEqual => a <= b,
        OrderOperator.Greater => a > b,
        _ => a >= b,
    };

    private bool Holds(int order) => symbol switch
    {
        OrderOperator.Less => order < 0,
        OrderOperator.LessOrEqual => order <= 0,
        OrderOperator.Greater => order > 0,
        _ => order >= 0,
    };
}
