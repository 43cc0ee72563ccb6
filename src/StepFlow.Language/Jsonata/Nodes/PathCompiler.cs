using StepFlow.Language.Jsonata.Syntax;

namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>Compiles paths: plain paths, and paths whose steps return tuples.</summary>
internal sealed class PathCompiler(NodeCompiler compiler, Scope scope)
{
    public Node Compile(SyntaxNode path)
    {
        SequenceEnd end = path.KeepSingletonArray || path.KeepArray ? SequenceEnd.Keep : SequenceEnd.Unwrap;
        bool absolute = path.Items![0].Kind == SyntaxKind.Variable;
        int plain = BindingNames.PlainSteps(path);
        if (plain == path.Items.Count)
        {
            Grouper? group = path.Group is null ? null : compiler.Grouper(path.Group, scope);
            Step[] steps = Steps(path.Items, scope, inTuple: false);
            var node = new PathNode(steps, absolute, whole: true, group, end, path.Position);
            return steps is [{ Name: { } name, Stages.Length: 0 }] && group is null && end == SequenceEnd.Unwrap ? new FieldNode(name, node) : node;
        }

        var tuples = new Scope(scope, isTuple: true);
        Node? prefix = plain == 0
            ? null
            : new PathNode(Steps(path.Items.GetRange(0, plain), scope, inTuple: false), absolute, whole: false, null, SequenceEnd.Raw, path.Position);
        return new TuplePathNode(
            prefix,
            Steps(path.Items.GetRange(plain, path.Items.Count - plain), tuples, inTuple: true),
            plain == 0,
            absolute,
            path.Tuple,
            path.Group is null ? null : compiler.Grouper(path.Group, tuples),
            end,
            path.Position);
    }

    private Step[] Steps(List<SyntaxNode> steps, Scope stepScope, bool inTuple)
    {
        var compiled = new Step[steps.Count];
        for (int i = 0; i < compiled.Length; i++)
        {
            compiled[i] = Step(steps[i], stepScope, inTuple);
        }

        return compiled;
    }

    private Step Step(SyntaxNode step, Scope stepScope, bool inTuple)
    {
        bool isSort = step.Kind == SyntaxKind.Sort;
        return new()
        {
            Node = isSort ? null : compiler.CompileScoped(step, stepScope),
            Name = step is { Kind: SyntaxKind.Name, KeepArray: false, Predicates: null, Group: null } ? step.Text : null,
            Sorter = isSort ? Sorter(step, stepScope) : null,
            Constructed = step.ConsArray,
            Focus = step.Focus,
            Index = step.Index,
            Ancestor = step.Ancestor?.Label,
            Stages = Stages(step, stepScope, inTuple),
        };
    }

    private StepStage[] Stages(SyntaxNode step, Scope stepScope, bool inTuple)
    {
        if (step.Stages is null)
        {
            return [];
        }

        var stages = new StepStage[step.Stages.Count];
        for (int i = 0; i < stages.Length; i++)
        {
            SyntaxNode? filter = step.Stages[i].Filter;
            stages[i] = new(filter is null ? null : new Predicate(compiler.CompileScoped(filter, stepScope), inTuple), step.Stages[i].Index);
        }

        return stages;
    }

    private Sorter Sorter(SyntaxNode step, Scope stepScope)
    {
        var terms = new SorterTerm[step.Terms!.Count];
        for (int i = 0; i < terms.Length; i++)
        {
            terms[i] = new(compiler.CompileScoped(step.Terms[i].Expression, stepScope), step.Terms[i].Descending);
        }

        return new(terms, step.Position);
    }
}
