using System.Runtime.CompilerServices;
using StepFlow.Language.Jsonata.Syntax;

namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>Finds the variables that an expression binds in the scope it is evaluated in, not in scopes within it.</summary>
internal static class BindingNames
{
    public static List<string> In(IEnumerable<SyntaxNode> nodes)
    {
        var names = new List<string>();
        foreach (SyntaxNode node in nodes)
        {
            Visit(node, names);
        }

        return names;
    }

    /// <summary>How many steps of a path come before the first that yields tuples.</summary>
    public static int PlainSteps(SyntaxNode path)
    {
        int first = path.Items!.FindIndex(s => s.Tuple);
        return first < 0 ? path.Items.Count : first;
    }

    private static void Visit(SyntaxNode? node, List<string> names)
    {
        if (node is null)
        {
            return;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (node.Predicates is not null && !node.Tuple)
        {
            VisitStages(node.Predicates, names);
        }

        switch (node.Kind)
        {
            case SyntaxKind.Block or SyntaxKind.Lambda:
                break;
            case SyntaxKind.Path:
                int plain = PlainSteps(node);
                for (int i = 0; i < plain; i++)
                {
                    SyntaxNode step = node.Items![i];
                    Visit(step, names);
                    VisitStages(step.Stages, names);
                }

                VisitPairs(plain == node.Items!.Count ? node.Group : null, names);
                break;
            default:
                if (node.Kind == SyntaxKind.Bind)
                {
                    names.Add(node.Text);
                }

                Visit(node.Left, names);
                Visit(node.Right, names);
                Visit(node.Third, names);
                foreach (SyntaxNode item in node.Items ?? [])
                {
                    Visit(item, names);
                }

                foreach (SortTerm term in node.Terms ?? [])
                {
                    Visit(term.Expression, names);
                }

                VisitPairs(node.Pairs, names);
                VisitPairs(node.Tuple ? null : node.Group, names);
                break;
        }
    }

    private static void VisitStages(List<Stage>? stages, List<string> names)
    {
        foreach (Stage stage in stages ?? [])
        {
            Visit(stage.Filter, names);
        }
    }

    private static void VisitPairs(Grouping? grouping, List<string> names)
    {
        foreach (KeyValuePair<SyntaxNode, SyntaxNode> pair in grouping?.Pairs ?? [])
        {
            Visit(pair.Key, names);
            Visit(pair.Value, names);
        }
    }
}
