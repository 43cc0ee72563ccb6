namespace StepFlow.Language.Jsonata.Syntax;

/// <content>Paths: steps, predicates, groups, order, bindings.</content>
internal sealed partial class SyntaxProcessor
{
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
