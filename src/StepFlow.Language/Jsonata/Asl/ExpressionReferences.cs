using System.Runtime.CompilerServices;
using StepFlow.Language.Jsonata.Syntax;

namespace StepFlow.Language.Jsonata.Asl;

/// <summary>
/// The names that an expression reads from outside itself. Step Functions evaluates expressions without a context item, so a
/// field, <c>$</c> or <c>$$</c> at the top level finds nothing. Only the first step of a path is at the top level:
/// later steps, predicates, sort terms and groups read the result of the step before. The body of a lambda reads what the
/// expression that contains it reads.
/// </summary>
public sealed class ExpressionReferences
{
    private readonly List<string> _topLevel = [];
    private readonly List<string> _statesFields = [];
    private readonly List<string> _variables = [];

    private ExpressionReferences()
    {
    }

    /// <summary>The fields read at the top by name, <c>$</c> and <c>$$</c>; each once, in the order written.</summary>
    public IReadOnlyList<string> TopLevel => _topLevel;

    /// <summary>The fields of <c>$states</c> that are read by name; each once, in the order written.</summary>
    public IReadOnlyList<string> StatesFields => _statesFields;

    /// <summary>The variables read that the expression does not bind itself, without <c>$</c>; no functions, not <c>states</c>.</summary>
    public IReadOnlyList<string> Variables => _variables;

    /// <summary>Reads what an expression refers to.</summary>
    /// <param name="text">The expression, without delimiters.</param>
    /// <param name="error">The syntax error; null where the text is an expression.</param>
    public static ExpressionReferences Of(string text, out JsonataError? error)
    {
        var references = new ExpressionReferences();
        error = null;
        try
        {
            references.Visit(SyntaxProcessor.Process(Parser.Parse(text)), isTop: true, []);
        }
        catch (JsonataException e)
        {
            error = JsonataError.Of(e);
        }
        catch (InsufficientExecutionStackException)
        {
            error = JsonataError.Of(new JsonataException(JsonataErrorCodes.TooDeep));
        }

        return references;
    }

    private void Visit(SyntaxNode? node, bool isTop, HashSet<string> bound)
    {
        if (node is null)
        {
            return;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (node.Kind)
        {
            case SyntaxKind.Name when isTop:
                AddOnce(_topLevel, node.Text);
                break;
            case SyntaxKind.Variable:
                VisitVariable(node, isTop, bound);
                break;
            case SyntaxKind.Path:
                VisitPath(node, isTop, bound);
                break;
            case SyntaxKind.Lambda:
                Visit(node.Left, isTop, [.. bound, .. (node.Items ?? []).Select(parameter => parameter.Text)]);
                break;
            case SyntaxKind.Block:
                VisitAll(node.Items, isTop, [.. bound]);
                break;
            case SyntaxKind.Bind:
                Visit(node.Left, isTop, bound);
                bound.Add(node.Text);
                break;
            case SyntaxKind.Function or SyntaxKind.Partial:
                VisitProcedure(node.Left!, isTop, bound);
                VisitAll(node.Items, isTop, bound);
                break;
            case SyntaxKind.Transform:
                Visit(node.Left, isTop: false, bound);
                Visit(node.Right, isTop: false, bound);
                Visit(node.Third, isTop: false, bound);
                break;
            default:
                Visit(node.Left, isTop, bound);
                Visit(node.Right, isTop, bound);
                Visit(node.Third, isTop, bound);
                VisitAll(node.Items, isTop, bound);
                VisitPairs(node.Pairs, isTop, bound);
                break;
        }

        VisitStages(node.Predicates, bound);
        VisitStages(node.Stages, bound);
        VisitPairs(node.Group, isTop: false, bound);
        foreach (SortTerm term in node.Terms ?? [])
        {
            Visit(term.Expression, isTop: false, bound);
        }
    }

    private void VisitPath(SyntaxNode path, bool isTop, HashSet<string> bound)
    {
        List<SyntaxNode> steps = path.Items!;
        for (int i = 0; i < steps.Count; i++)
        {
            Visit(steps[i], isTop && i == 0, bound);
            if (steps[i].Focus is { } focus)
            {
                bound.Add(focus);
            }

            if (steps[i].Index is { } index)
            {
                bound.Add(index);
            }
        }

        if (steps is [{ Kind: SyntaxKind.Variable, Text: "states" }, { Kind: SyntaxKind.Name, Text: var field }, ..])
        {
            AddOnce(_statesFields, field);
        }
    }

    private void VisitVariable(SyntaxNode node, bool isTop, HashSet<string> bound)
    {
        switch (node.Text)
        {
            case "" when isTop:
                AddOnce(_topLevel, "$");
                break;
            case "$":
                AddOnce(_topLevel, "$$");
                break;
            case "" or "states":
                break;
            default:
                if (!bound.Contains(node.Text) && !JsonataFunctionSet.Aws.Contains(node.Text))
                {
                    AddOnce(_variables, node.Text);
                }

                break;
        }
    }

    /// <summary>A name that is called is a function, known or unknown. Only other uses are references.</summary>
    private void VisitProcedure(SyntaxNode procedure, bool isTop, HashSet<string> bound)
    {
        if (procedure.Kind != SyntaxKind.Variable)
        {
            Visit(procedure, isTop, bound);
        }
    }

    private void VisitStages(List<Stage>? stages, HashSet<string> bound)
    {
        foreach (Stage stage in stages ?? [])
        {
            if (stage.Index is { } index)
            {
                bound.Add(index);
            }

            Visit(stage.Filter, isTop: false, bound);
        }
    }

    private void VisitAll(List<SyntaxNode>? nodes, bool isTop, HashSet<string> bound)
    {
        foreach (SyntaxNode node in nodes ?? [])
        {
            Visit(node, isTop, bound);
        }
    }

    private void VisitPairs(Grouping? grouping, bool isTop, HashSet<string> bound)
    {
        foreach ((SyntaxNode key, SyntaxNode value) in grouping?.Pairs ?? [])
        {
            Visit(key, isTop, bound);
            Visit(value, isTop, bound);
        }
    }

    private static void AddOnce(List<string> list, string text)
    {
        if (!list.Contains(text))
        {
            list.Add(text);
        }
    }
}
