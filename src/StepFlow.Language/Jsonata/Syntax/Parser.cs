using System.Runtime.CompilerServices;

namespace StepFlow.Language.Jsonata.Syntax;

/// <summary>Top-down operator precedence (Vaughan Pratt, 1973): text to a tree of operators, as written.</summary>
internal sealed partial class Parser
{
    /// <summary>How deep an expression may nest, operators in a row included.</summary>
    public const int MaxDepth = 1_000;

    private readonly Tokenizer _tokens;
    private Token _token;
    private int _nesting;

    private Parser(string text) => _tokens = new(text);

    /// <summary>Parses a whole expression.</summary>
    /// <exception cref="JsonataException">The text is not a valid expression.</exception>
    public static SyntaxNode Parse(string text)
    {
        var parser = new Parser(text);
        parser.Advance();
        SyntaxNode root = parser.Expression(0);
        return parser._token.Kind == TokenKind.End ? root : throw Error("S0201", parser._token);
    }

    private static JsonataException Error(string code, Token token, string? expected = null) => new(code)
    {
        Position = token.Position,
        Token = token.Kind == TokenKind.Number ? JsonataStrings.OfNumber((JsonNumber)token.Literal!) : token.Text,
        TokenLiteral = token.Kind is TokenKind.Number or TokenKind.Value ? token.Literal : null,
        Value = expected is null ? null : new Json.JsonString(expected),
    };

    /// <summary>The precedence of a token as an infix operator; 0 if it ends an operand.</summary>
    private static int Binding(Token token)
    {
        if (token.Kind != TokenKind.Operator)
        {
            return 0;
        }

        return token.Text switch
        {
            "(" or "[" or "@" or "#" => 80,
            "." => 75,
            "{" => 70,
            "*" or "/" or "%" => 60,
            "+" or "-" or "&" => 50,
            "=" or "!=" or "<" or "<=" or ">" or ">=" or "~>" or "?:" or "??" or "in" or "^" => 40,
            "and" => 30,
            "or" => 25,
            "?" => 20,
            ":=" => 10,
            _ => 0,
        };
    }

    private static void Attach(SyntaxNode parent, SyntaxNode child)
    {
        if (child.Depth >= parent.Depth)
        {
            parent.Depth = child.Depth + 1;
            if (parent.Depth > MaxDepth)
            {
                throw new JsonataException(EvaluationErrorCodes.TooDeep) { Position = parent.Position };
            }
        }
    }

    private static SyntaxNode Leaf(SyntaxKind kind, Token token) =>
        new(kind, token.Text, token.Position) { Literal = token.Literal, Flags = token.Flags };

    private void Advance(bool afterOperand = false)
    {
        _token = _tokens.Next(afterOperand);
        if (_token.Kind == TokenKind.Operator && _token.Text is "!" or "~")
        {
            throw Error("S0204", _token);
        }
    }

    private void Expect(string symbol, bool afterOperand = false)
    {
        if (!_token.Is(symbol))
        {
            throw Error(_token.Kind == TokenKind.End ? "S0203" : "S0202", _token, symbol);
        }

        Advance(afterOperand);
    }

    private SyntaxNode Expression(int binding)
    {
        if (++_nesting > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new JsonataException(EvaluationErrorCodes.TooDeep) { Position = _token.Position };
        }

        Token token = _token;
        Advance(afterOperand: true);
        SyntaxNode left = Prefix(token);
        while (binding < Binding(_token))
        {
            token = _token;
            Advance();
            left = Infix(token, left);
        }

        _nesting--;
        return left;
    }

    private SyntaxNode Prefix(Token token)
    {
        SyntaxKind? leaf = token.Kind switch
        {
            TokenKind.End => SyntaxKind.End,
            TokenKind.Name => SyntaxKind.Name,
            TokenKind.Variable => SyntaxKind.Variable,
            TokenKind.String => SyntaxKind.String,
            TokenKind.Number => SyntaxKind.Number,
            TokenKind.Value => SyntaxKind.Value,
            TokenKind.Regex => SyntaxKind.Regex,
            _ => null,
        };
        if (leaf is { } kind)
        {
            return Leaf(kind, token);
        }

        switch (token.Text)
        {
            case "and" or "or" or "in":
                return Leaf(SyntaxKind.Operator, token);
            case "*":
                return Leaf(SyntaxKind.Wildcard, token);
            case "**":
                return Leaf(SyntaxKind.Descendant, token);
            case "%":
                return Leaf(SyntaxKind.Parent, token);
            case "-":
                SyntaxNode negation = Leaf(SyntaxKind.Unary, token);
                negation.Left = Operand(negation, 70);
                return negation;
            case "(":
                return Block(token);
            case "[":
                return Array(token);
            case "{":
                SyntaxNode constructor = Leaf(SyntaxKind.Object, token);
                constructor.Pairs = Pairs(constructor);
                return constructor;
            case "|":
                return Transform(token);
            default:
                throw Error("S0211", token);
        }
    }

    private SyntaxNode Infix(Token token, SyntaxNode left)
    {
        switch (token.Text)
        {
            case "(":
                return Call(token, left);
            case "[":
                return Predicate(token, left);
            case "^":
                return OrderBy(token, left);
            case "{":
                SyntaxNode group = Binary(token, left);
                group.Pairs = Pairs(group);
                return group;
            case ":=":
                if (left.Kind != SyntaxKind.Variable)
                {
                    throw new JsonataException("S0212") { Position = left.Position, Token = left.Text };
                }

                SyntaxNode bind = Binary(token, left);
                bind.Right = Operand(bind, 9);
                return bind;
            case "@" or "#":
                SyntaxNode focus = Binary(token, left);
                focus.Right = Operand(focus, 80);
                return focus.Right.Kind == SyntaxKind.Variable
                    ? focus
                    : throw new JsonataException("S0214") { Position = focus.Right.Position, Token = token.Text };
            case "?":
                return Condition(token, left);
            case "?:" or "??":
                var fallback = new SyntaxNode(token.Text == "?:" ? SyntaxKind.Elvis : SyntaxKind.Coalesce, token.Text, token.Position) { Left = left };
                Attach(fallback, left);
                fallback.Right = Operand(fallback, 0);
                return fallback;
            default:
                SyntaxNode binary = Binary(token, left);
                binary.Right = Operand(binary, Binding(token));
                return binary;
        }
    }

    private static SyntaxNode Binary(Token token, SyntaxNode left)
    {
        SyntaxNode node = Leaf(SyntaxKind.Binary, token);
        node.Left = left;
        Attach(node, left);
        return node;
    }

    private SyntaxNode Operand(SyntaxNode parent, int binding)
    {
        SyntaxNode operand = Expression(binding);
        Attach(parent, operand);
        return operand;
    }
}
