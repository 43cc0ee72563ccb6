namespace StepFlow.Integrations.Tables.Expressions;

/// <summary>Reads conditions: ConditionExpression, FilterExpression, KeyConditionExpression. By descent: OR, AND, NOT, comparison.</summary>
internal sealed class ConditionParser(ExpressionReader reader)
{
    /// <summary>Deeper nesting than this is refused, as DynamoDB refuses too many operators.</summary>
    private const int MaxDepth = 100;

    private static readonly string[] Symbols = ["=", "<>", "<", "<=", ">", ">="];
    private static readonly Condition Never = new Not(new AttributeExists(new([new("_", 0)])));
    private int _depth;

    /// <summary>The condition; meaningless where the reader has a problem.</summary>
    public static Condition Parse(ExpressionReader reader)
    {
        Condition condition = new ConditionParser(reader).Either();
        if (reader.Problem is null && !reader.AtEnd)
        {
            reader.Fail();
        }

        return condition;
    }

    private Condition Either()
    {
        if (++_depth > MaxDepth)
        {
            reader.Refuse("Expression is nested too deeply");
            return Never;
        }

        Condition left = Both();
        while (reader.Take("OR"))
        {
            left = new Or(left, Both());
        }

        _depth--;
        return left;
    }

    private Condition Both()
    {
        Condition left = Negation();
        while (reader.Take("AND"))
        {
            left = new And(left, Negation());
        }

        return left;
    }

    private Condition Negation()
    {
        bool negated = false;
        while (reader.Take("NOT"))
        {
            negated = !negated;
        }

        Condition condition = Single();
        return negated ? new Not(condition) : condition;
    }

    private Condition Single()
    {
        if (reader.Problem is not null)
        {
            return Never;
        }

        if (reader.Take("("))
        {
            Condition inner = Either();
            reader.Expect(")");
            return inner;
        }

        return Function() ?? Relation();
    }

    private Condition? Function()
    {
        if (reader.Current.Kind != ExpressionTokenKind.Name || !reader.Following.Is("(") || reader.Current.Is("size"))
        {
            return null;
        }

        string name = reader.Current.Text;
        reader.Move();
        reader.Expect("(");
        Condition? condition = name switch
        {
            "attribute_exists" => new AttributeExists(reader.Path()),
            "attribute_not_exists" => new Not(new AttributeExists(reader.Path())),
            "attribute_type" => new AttributeType(reader.Path(), Second()),
            "begins_with" => new BeginsWith(Operand(), Second()),
            "contains" => new Contains(Operand(), Second()),
            _ => null,
        };
        if (condition is null)
        {
            reader.Refuse($"Invalid function name; function: {name}");
            return Never;
        }

        reader.Expect(")");
        return condition;
    }

    private Condition Relation()
    {
        Operand left = Operand();
        if (reader.Take("BETWEEN"))
        {
            Operand least = Operand();
            reader.Expect("AND");
            return new Between(left, least, Operand());
        }

        if (reader.Take("IN"))
        {
            reader.Expect("(");
            List<Operand> candidates = [Operand()];
            while (reader.Take(","))
            {
                candidates.Add(Operand());
            }

            reader.Expect(")");
            return new In(left, candidates);
        }

        string symbol = reader.Current.Text;
        if (reader.Current.Kind != ExpressionTokenKind.Symbol || !Symbols.Contains(symbol))
        {
            reader.Fail();
            return Never;
        }

        reader.Move();
        return new Comparison(left, symbol, Operand());
    }

    private Operand Second()
    {
        reader.Expect(",");
        return Operand();
    }

    private Operand Operand()
    {
        if (reader.Current.Kind == ExpressionTokenKind.ValuePlaceholder)
        {
            return new ValueOperand(reader.Value());
        }

        if (reader.Current.Is("size") && reader.Following.Is("("))
        {
            reader.Move();
            reader.Expect("(");
            var size = new SizeOperand(reader.Path());
            reader.Expect(")");
            return size;
        }

        return reader.Problem is null ? new PathOperand(reader.Path()) : new ValueOperand(JsonValue.Null);
    }
}
