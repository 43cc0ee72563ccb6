using System.Globalization;

namespace StepFlow.Integrations.Tables.Expressions;

/// <summary>Reads the tokens of an expression, and stores the first problem.</summary>
internal sealed class ExpressionReader(string parameter, string expression, Placeholders placeholders)
{
    private readonly List<ExpressionToken> _tokens = ExpressionTokenizer.Split(expression);
    private int _at;

    /// <summary>The first problem, in the words of DynamoDB; null for none.</summary>
    public string? Problem { get; private set; }

    public ExpressionToken Current => _tokens[_at];

    public bool AtEnd => Current.Kind == ExpressionTokenKind.End;

    public ExpressionToken Following => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    public void Move()
    {
        if (_at < _tokens.Count - 1)
        {
            _at++;
        }
    }

    /// <summary>Steps over a word if it is there.</summary>
    public bool Take(string text)
    {
        if (!Current.Is(text))
        {
            return false;
        }

        Move();
        return true;
    }

    /// <summary>Steps over a word that must be there.</summary>
    public void Expect(string text)
    {
        if (!Take(text))
        {
            Fail();
        }
    }

    /// <summary>Notes a syntax error at the current word, and ends the reading.</summary>
    public void Fail()
    {
        string near = expression[Math.Max(0, Current.Start - 10)..Math.Min(expression.Length, Current.Start + Current.Text.Length + 10)].Trim();
        Refuse($"Syntax error; token: \"{(AtEnd ? "<EOF>" : Current.Text)}\", near: \"{near}\"");
    }

    /// <summary>Notes a problem, and ends the reading.</summary>
    public void Refuse(string problem)
    {
        Problem ??= $"Invalid {parameter}: {problem}";
        _at = _tokens.Count - 1;
    }

    public AttributePath Path()
    {
        List<PathStep> steps = [new(Name(), 0)];
        while (Problem is null)
        {
            if (Take("."))
            {
                steps.Add(new(Name(), 0));
            }
            else if (Take("["))
            {
                steps.Add(new(null, Index()));
                Expect("]");
            }
            else
            {
                break;
            }
        }

        return new(steps);
    }

    /// <summary>A value of the call by its placeholder.</summary>
    public JsonValue Value()
    {
        string name = Current.Text;
        if (Current.Kind != ExpressionTokenKind.ValuePlaceholder)
        {
            Fail();
            return JsonValue.Null;
        }

        Move();
        if (placeholders.Value(name) is { } value)
        {
            return value;
        }

        Refuse($"An expression attribute value used in expression is not defined; attribute value: {name}");
        return JsonValue.Null;
    }

    private string Name()
    {
        ExpressionToken token = Current;
        switch (token.Kind)
        {
            case ExpressionTokenKind.Name:
                Move();
                return token.Text;
            case ExpressionTokenKind.NamePlaceholder:
                Move();
                if (placeholders.Name(token.Text) is { } name)
                {
                    return name;
                }

                Refuse($"An expression attribute name used in the document path is not defined; attribute name: {token.Text}");
                return string.Empty;
            default:
                Fail();
                return string.Empty;
        }
    }

    private int Index()
    {
        if (Current.Kind != ExpressionTokenKind.Number || !int.TryParse(Current.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            Fail();
            return 0;
        }

        Move();
        return index;
    }
}
