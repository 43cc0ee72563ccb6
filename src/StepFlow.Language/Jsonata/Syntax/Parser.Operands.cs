namespace StepFlow.Language.Jsonata.Syntax;

/// <content>The operands in brackets, and the brackets after an operand.</content>
internal sealed partial class Parser
{
    private SyntaxNode Block(Token token)
    {
        SyntaxNode block = Leaf(SyntaxKind.Block, token);
        block.Items = [];
        while (!_token.Is(")"))
        {
            block.Items.Add(Operand(block, 0));
            if (!_token.Is(";"))
            {
                break;
            }

            Advance();
        }

        Expect(")", afterOperand: true);
        return block;
    }

    private SyntaxNode Array(Token token)
    {
        SyntaxNode array = Leaf(SyntaxKind.Array, token);
        array.Items = [];
        if (!_token.Is("]"))
        {
            while (true)
            {
                SyntaxNode item = Operand(array, 0);
                if (_token.Is(".."))
                {
                    SyntaxNode range = Binary(_token, item);
                    Advance();
                    range.Right = Operand(range, 0);
                    Attach(array, range);
                    item = range;
                }

                array.Items.Add(item);
                if (!_token.Is(","))
                {
                    break;
                }

                Advance();
            }
        }

        Expect("]", afterOperand: true);
        return array;
    }

    private Grouping Pairs(SyntaxNode parent)
    {
        var pairs = new List<KeyValuePair<SyntaxNode, SyntaxNode>>();
        if (!_token.Is("}"))
        {
            while (true)
            {
                SyntaxNode key = Operand(parent, 0);
                Expect(":");
                pairs.Add(new(key, Operand(parent, 0)));
                if (!_token.Is(","))
                {
                    break;
                }

                Advance();
            }
        }

        Expect("}", afterOperand: true);
        return new(pairs, parent.Position);
    }

    private SyntaxNode Transform(Token token)
    {
        SyntaxNode transform = Leaf(SyntaxKind.Transform, token);
        transform.Left = Operand(transform, 0);
        Expect("|");
        transform.Right = Operand(transform, 0);
        if (_token.Is(","))
        {
            Advance();
            transform.Third = Operand(transform, 0);
        }

        Expect("|");
        return transform;
    }

    private SyntaxNode Call(Token token, SyntaxNode procedure)
    {
        SyntaxNode call = Leaf(SyntaxKind.Function, token);
        call.Left = procedure;
        Attach(call, procedure);
        call.Items = [];
        if (!_token.Is(")"))
        {
            while (true)
            {
                if (_token.Is("?"))
                {
                    call.Kind = SyntaxKind.Partial;
                    call.Items.Add(Leaf(SyntaxKind.Operator, _token));
                    Advance();
                }
                else
                {
                    call.Items.Add(Operand(call, 0));
                }

                if (!_token.Is(","))
                {
                    break;
                }

                Advance();
            }
        }

        Expect(")", afterOperand: true);
        return procedure.Kind == SyntaxKind.Name && procedure.Text is "function" or "λ" ? Lambda(call) : call;
    }

    private SyntaxNode Lambda(SyntaxNode call)
    {
        for (int i = 0; i < call.Items!.Count; i++)
        {
            SyntaxNode parameter = call.Items[i];
            if (parameter.Kind != SyntaxKind.Variable)
            {
                throw new JsonataException("S0208") { Position = parameter.Position, Token = parameter.Text, Value = i + 1 };
            }
        }

        call.Kind = SyntaxKind.Lambda;
        if (_token.Is("<"))
        {
            call.Signature = SignatureText();
        }

        Expect("{");
        call.Left = Operand(call, 0);
        Expect("}");
        return call;
    }

    private Signature SignatureText()
    {
        int position = _token.Position;
        var text = new System.Text.StringBuilder("<");
        int depth = 1;
        while (depth > 0 && !_token.Is("{") && _token.Kind != TokenKind.End)
        {
            Advance();
            depth += _token.Is("<") ? 1 : _token.Is(">") ? -1 : 0;
            text.Append(_token.Text);
        }

        Expect(">");
        return Signature.Parse(text.ToString(), position);
    }

    private SyntaxNode Predicate(Token token, SyntaxNode left)
    {
        if (_token.Is("]"))
        {
            // An empty predicate means that a sequence of one element stays an array.
            SyntaxNode step = left;
            while (step.Kind == SyntaxKind.Binary && step.Text == "[")
            {
                step = step.Left!;
            }

            step.KeepArray = true;
            Advance();
            return left;
        }

        SyntaxNode predicate = Binary(token, left);
        predicate.Right = Operand(predicate, 0);
        Expect("]", afterOperand: true);
        return predicate;
    }

    private SyntaxNode OrderBy(Token token, SyntaxNode left)
    {
        SyntaxNode sort = Binary(token, left);
        sort.Terms = [];
        Expect("(");
        while (true)
        {
            bool descending = _token.Is(">");
            if (descending || _token.Is("<"))
            {
                Advance();
            }

            sort.Terms.Add(new(Operand(sort, 0), descending));
            if (!_token.Is(","))
            {
                break;
            }

            Advance();
        }

        Expect(")");
        return sort;
    }

    private SyntaxNode Condition(Token token, SyntaxNode left)
    {
        SyntaxNode condition = Leaf(SyntaxKind.Condition, token);
        condition.Left = left;
        Attach(condition, left);
        condition.Right = Operand(condition, 0);
        if (_token.Is(":"))
        {
            Advance();
            condition.Third = Operand(condition, 0);
        }

        return condition;
    }
}
