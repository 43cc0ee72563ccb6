namespace StepFlow.Integrations.Tables.Expressions;

/// <summary>Reads an UpdateExpression: each of SET, REMOVE, ADD and DELETE at most once.</summary>
internal sealed class UpdateParser(ExpressionReader reader)
{
    private static readonly string[] Clauses = ["SET", "REMOVE", "ADD", "DELETE"];
    private readonly List<UpdateAction> _actions = [];

    /// <summary>The changes; meaningless where the reader has a problem.</summary>
    public static IReadOnlyList<UpdateAction> Parse(ExpressionReader reader)
    {
        var parser = new UpdateParser(reader);
        HashSet<string> seen = [];
        do
        {
            string? clause = Array.Find(Clauses, reader.Current.Is);
            if (clause is null)
            {
                reader.Fail();
            }
            else if (!seen.Add(clause))
            {
                reader.Refuse($"The \"{clause}\" section can only be used once in an update expression;");
            }
            else
            {
                reader.Move();
                parser.ReadClause(clause);
            }
        }
        while (reader.Problem is null && !reader.AtEnd);
        return parser._actions;
    }

    private void ReadClause(string clause)
    {
        do
        {
            AttributePath path = reader.Path();
            if (reader.Problem is not null)
            {
                return;
            }

            switch (clause)
            {
                case "SET":
                    reader.Expect("=");
                    _actions.Add(new SetAction(path, Value()));
                    break;
                case "REMOVE":
                    _actions.Add(new RemoveAction(path));
                    break;
                case "ADD":
                    _actions.Add(new AddAction(path, reader.Value()));
                    break;
                default:
                    _actions.Add(new DeleteAction(path, reader.Value()));
                    break;
            }
        }
        while (reader.Take(","));
    }

    private UpdateValue Value()
    {
        UpdateValue left = Term();
        return reader.Take("+") ? new SumValue(left, Term(), 1)
            : reader.Take("-") ? new SumValue(left, Term(), -1)
            : left;
    }

    private UpdateValue Term() =>
        reader.Current.Kind == ExpressionTokenKind.ValuePlaceholder ? new PlainValue(new ValueOperand(reader.Value()))
        : reader.Current.Kind == ExpressionTokenKind.Name && reader.Following.Is("(") ? Function()
        : new PlainValue(new PathOperand(reader.Path()));

    private UpdateValue Function()
    {
        string name = reader.Current.Text;
        reader.Move();
        reader.Expect("(");
        UpdateValue value;
        switch (name)
        {
            case "if_not_exists":
                AttributePath path = reader.Path();
                reader.Expect(",");
                value = new IfNotExists(path, Term());
                break;
            case "list_append":
                UpdateValue first = Term();
                reader.Expect(",");
                value = new ListAppend(first, Term());
                break;
            default:
                reader.Refuse($"Invalid function name; function: {name}");
                return new PlainValue(new ValueOperand(Language.Json.JsonValue.Null));
        }

        reader.Expect(")");
        return value;
    }
}
