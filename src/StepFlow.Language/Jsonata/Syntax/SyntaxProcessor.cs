using System.Runtime.CompilerServices;

namespace StepFlow.Language.Jsonata.Syntax;

/// <summary>
/// The second pass: turns operators into paths with steps, predicates into stages of their step, and marks tail calls
/// and the steps that parents are resolved against.
/// </summary>
internal sealed partial class SyntaxProcessor
{
    private readonly Ancestry _ancestry = new();

    private SyntaxProcessor()
    {
    }

    /// <summary>Processes a parsed tree, which is changed in the course of it.</summary>
    /// <exception cref="JsonataException">The tree means nothing.</exception>
    public static SyntaxNode Process(SyntaxNode root)
    {
        SyntaxNode result = new SyntaxProcessor().Visit(root);
        if (result.Kind == SyntaxKind.Parent || result.SeekingParent is not null)
        {
            throw Error("S0217", result);
        }

        return result;
    }

    private static JsonataException Error(string code, SyntaxNode node) => new(code) { Position = node.Position, Token = node.Text };

    private static SyntaxNode Path(SyntaxNode step) => new(SyntaxKind.Path, string.Empty, step.Position) { Items = [step] };

    private SyntaxNode Visit(SyntaxNode node)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        SyntaxNode result = node.Kind switch
        {
            SyntaxKind.Binary => Binary(node),
            SyntaxKind.Unary => Negation(node),
            SyntaxKind.Array => Items(node),
            SyntaxKind.Object => Object(node),
            SyntaxKind.Function or SyntaxKind.Partial => Call(node),
            SyntaxKind.Lambda => Lambda(node),
            SyntaxKind.Condition or SyntaxKind.Elvis or SyntaxKind.Coalesce => Operands(node),
            SyntaxKind.Transform => Transform(node),
            SyntaxKind.Block => Block(node),
            SyntaxKind.Name => Name(node),
            SyntaxKind.Parent => Parent(node),
            SyntaxKind.Operator => Operator(node),
            SyntaxKind.End => throw Error("S0207", node),
            _ => node,
        };
        result.KeepArray |= node.KeepArray;
        return result;
    }

    private static SyntaxNode Name(SyntaxNode node)
    {
        SyntaxNode path = Path(node);
        path.KeepSingletonArray = node.KeepArray;
        return path;
    }

    private SyntaxNode Parent(SyntaxNode node)
    {
        node.Slot = _ancestry.NewSlot();
        return node;
    }

    private static SyntaxNode Operator(SyntaxNode node)
    {
        if (node.Text == "?")
        {
            return node;
        }

        if (node.Text is not ("and" or "or" or "in"))
        {
            throw Error("S0201", node);
        }

        // A keyword in the position of an operand is the name of a field.
        node.Kind = SyntaxKind.Name;
        return Name(node);
    }

    private SyntaxNode Binary(SyntaxNode node) => node.Text switch
    {
        "." => Step(node),
        "[" => Predicate(node),
        "{" => GroupBy(node),
        "^" => OrderBy(node),
        ":=" => Bind(node),
        "@" => Focus(node),
        "#" => Index(node),
        "~>" => Apply(node),
        _ => Operands(node),
    };

    private SyntaxNode Operands(SyntaxNode node)
    {
        node.Left = Visit(node.Left!);
        Ancestry.Push(node, node.Left);
        node.Right = Visit(node.Right!);
        Ancestry.Push(node, node.Right);
        if (node.Third is not null)
        {
            node.Third = Visit(node.Third);
            Ancestry.Push(node, node.Third);
        }

        return node;
    }

    private SyntaxNode Negation(SyntaxNode node)
    {
        SyntaxNode operand = Visit(node.Left!);
        if (operand.Kind == SyntaxKind.Number)
        {
            var number = (JsonNumber)operand.Literal!;
            operand.Literal = number.TryGetInt64(out long integer) ? JsonNumber.Create(-integer) : JsonNumber.Create(-number.ToDouble());
            return operand;
        }

        node.Left = operand;
        Ancestry.Push(node, operand);
        return node;
    }

    private SyntaxNode Items(SyntaxNode node)
    {
        List<SyntaxNode> items = node.Items!;
        for (int i = 0; i < items.Count; i++)
        {
            items[i] = Visit(items[i]);
            Ancestry.Push(node, items[i]);
        }

        return node;
    }

    private SyntaxNode Object(SyntaxNode node)
    {
        List<KeyValuePair<SyntaxNode, SyntaxNode>> pairs = node.Pairs!.Pairs;
        for (int i = 0; i < pairs.Count; i++)
        {
            SyntaxNode key = Visit(pairs[i].Key);
            Ancestry.Push(node, key);
            SyntaxNode value = Visit(pairs[i].Value);
            Ancestry.Push(node, value);
            pairs[i] = new(key, value);
        }

        return node;
    }

    private SyntaxNode Call(SyntaxNode node)
    {
        Items(node);
        node.Left = Visit(node.Left!);
        return node;
    }

    private SyntaxNode Lambda(SyntaxNode node)
    {
        node.Left = Visit(node.Left!);
        MarkTailCalls(node.Left);
        return node;
    }

    private SyntaxNode Transform(SyntaxNode node)
    {
        node.Left = Visit(node.Left!);
        node.Right = Visit(node.Right!);
        node.Third = node.Third is null ? null : Visit(node.Third);
        return node;
    }

    private SyntaxNode Block(SyntaxNode node)
    {
        Items(node);
        foreach (SyntaxNode item in node.Items!)
        {
            node.ConsArray |= item.ConsArray || (item.Kind == SyntaxKind.Path && item.Items![0].ConsArray);
        }

        return node;
    }
}
