using System.Runtime.CompilerServices;
using StepFlow.Language.Json;
using StepFlow.Language.Jsonata.Runtime;

namespace StepFlow.Language.Jsonata.Syntax;

/// <summary>
/// The second pass: turns operators into paths with steps, predicates into stages of their step, and marks tail calls
/// and the steps that parents are resolved against.
/// </summary>
internal sealed class SyntaxProcessor
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

        // A keyword where an operand stands is the name of a field.
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

    private SyntaxNode Step(SyntaxNode node)
    {
        SyntaxNode left = Visit(node.Left!);
        SyntaxNode path = left.Kind == SyntaxKind.Path ? left : Path(left);
        if (left.Kind == SyntaxKind.Parent)
        {
            path.SeekingParent = [left.Slot!];
        }

        List<SyntaxNode> steps = path.Items!;
        SyntaxNode right = Visit(node.Right!);
        if (right.Kind == SyntaxKind.Path)
        {
            steps.AddRange(right.Items!);
        }
        else
        {
            if (right.Predicates is not null)
            {
                right.Stages = right.Predicates;
                right.Predicates = null;
            }

            steps.Add(right);
        }

        foreach (SyntaxNode step in steps)
        {
            if (step.Kind is SyntaxKind.Number or SyntaxKind.Value)
            {
                throw new JsonataException("S0213") { Position = step.Position, Value = step.Literal };
            }

            if (step.Kind == SyntaxKind.String)
            {
                step.Kind = SyntaxKind.Name;
            }

            path.KeepSingletonArray |= step.KeepArray;
        }

        if (steps[0].Kind == SyntaxKind.Array)
        {
            steps[0].ConsArray = true;
        }

        if (steps[^1].Kind == SyntaxKind.Array)
        {
            steps[^1].ConsArray = true;
        }

        Ancestry.Resolve(path);
        return path;
    }

    private SyntaxNode Predicate(SyntaxNode node)
    {
        SyntaxNode result = Visit(node.Left!);
        bool isPath = result.Kind == SyntaxKind.Path;
        SyntaxNode step = isPath ? result.Items![^1] : result;
        if (step.Group is not null)
        {
            throw Error("S0209", node);
        }

        SyntaxNode predicate = Visit(node.Right!);
        if (predicate.SeekingParent is not null)
        {
            foreach (AncestrySlot slot in predicate.SeekingParent)
            {
                if (slot.Level == 1)
                {
                    Ancestry.Seek(step, slot);
                }
                else
                {
                    slot.Level--;
                }
            }

            Ancestry.Push(step, predicate);
        }

        var stage = new Stage(predicate, null);
        if (isPath)
        {
            (step.Stages ??= []).Add(stage);
        }
        else
        {
            (step.Predicates ??= []).Add(stage);
        }

        return result;
    }

    private SyntaxNode GroupBy(SyntaxNode node)
    {
        SyntaxNode result = Visit(node.Left!);
        if (result.Group is not null)
        {
            throw Error("S0210", node);
        }

        List<KeyValuePair<SyntaxNode, SyntaxNode>> pairs = node.Pairs!.Pairs;
        for (int i = 0; i < pairs.Count; i++)
        {
            pairs[i] = new(Visit(pairs[i].Key), Visit(pairs[i].Value));
        }

        result.Group = new(pairs, node.Position);
        return result;
    }

    private SyntaxNode OrderBy(SyntaxNode node)
    {
        SyntaxNode result = Visit(node.Left!);
        if (result.Kind != SyntaxKind.Path)
        {
            result = Path(result);
        }

        var sort = new SyntaxNode(SyntaxKind.Sort, "^", node.Position) { Terms = [] };
        foreach (SortTerm term in node.Terms!)
        {
            SyntaxNode expression = Visit(term.Expression);
            Ancestry.Push(sort, expression);
            sort.Terms.Add(new(expression, term.Descending));
        }

        result.Items!.Add(sort);
        Ancestry.Resolve(result);
        return result;
    }

    private SyntaxNode Bind(SyntaxNode node)
    {
        var bind = new SyntaxNode(SyntaxKind.Bind, node.Left!.Text, node.Position) { Left = Visit(node.Right!) };
        Ancestry.Push(bind, bind.Left);
        return bind;
    }

    private SyntaxNode Focus(SyntaxNode node)
    {
        SyntaxNode result = Visit(node.Left!);
        SyntaxNode step = result.Kind == SyntaxKind.Path ? result.Items![^1] : result;
        if (step.Stages is not null || step.Predicates is not null)
        {
            throw Error("S0215", node);
        }

        if (step.Kind == SyntaxKind.Sort)
        {
            throw Error("S0216", node);
        }

        step.KeepArray |= node.KeepArray;
        step.Focus = node.Right!.Text;
        step.Tuple = true;
        return result;
    }

    private SyntaxNode Index(SyntaxNode node)
    {
        SyntaxNode result = Visit(node.Left!);
        SyntaxNode step;
        if (result.Kind == SyntaxKind.Path)
        {
            step = result.Items![^1];
        }
        else
        {
            step = result;
            result = Path(step);
            step.Stages = step.Predicates;
            step.Predicates = null;
        }

        if (step.Stages is null)
        {
            step.Index = node.Right!.Text;
        }
        else
        {
            step.Stages.Add(new(null, node.Right!.Text));
        }

        step.Tuple = true;
        return result;
    }

    private SyntaxNode Apply(SyntaxNode node)
    {
        SyntaxNode left = Visit(node.Left!);
        SyntaxNode right = Visit(node.Right!);
        return new(SyntaxKind.Apply, node.Text, node.Position)
        {
            Left = left,
            Right = right,
            KeepArray = left.KeepArray || right.KeepArray,
        };
    }

    private static void MarkTailCalls(SyntaxNode node)
    {
        if (node.Predicates is not null || node.Group is not null)
        {
            return;
        }

        switch (node.Kind)
        {
            case SyntaxKind.Function:
                node.TailCall = true;
                break;
            case SyntaxKind.Condition:
                MarkTailCalls(node.Right!);
                if (node.Third is not null)
                {
                    MarkTailCalls(node.Third);
                }

                break;
            case SyntaxKind.Elvis or SyntaxKind.Coalesce:
                MarkTailCalls(node.Right!);
                break;
            case SyntaxKind.Block when node.Items!.Count > 0:
                MarkTailCalls(node.Items[^1]);
                break;
        }
    }
}
