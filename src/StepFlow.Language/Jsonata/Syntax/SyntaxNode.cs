namespace StepFlow.Language.Jsonata.Syntax;

/// <summary>
/// A node of the parser's tree. It exists only while an expression is parsed, and the second pass changes it.
/// The immutable tree that is compiled from it is evaluated.
/// </summary>
internal sealed class SyntaxNode(SyntaxKind kind, string text, int position)
{
    public SyntaxKind Kind { get; set; } = kind;

    /// <summary>The operator, the name, or the pattern.</summary>
    public string Text { get; } = text;

    public int Position { get; } = position;

    /// <summary>How deep the tree below this node is.</summary>
    public int Depth { get; set; } = 1;

    public JsonValue? Literal { get; set; }

    /// <summary>The flags of a regular expression.</summary>
    public string Flags { get; init; } = string.Empty;

    /// <summary>The left operand, the condition, the procedure, the pattern, or the body.</summary>
    public SyntaxNode? Left { get; set; }

    /// <summary>The right operand, the result of a true condition, or the update.</summary>
    public SyntaxNode? Right { get; set; }

    /// <summary>The result of a false condition, or the deletion.</summary>
    public SyntaxNode? Third { get; set; }

    /// <summary>Arguments, parameters, elements, expressions of a block, or steps of a path.</summary>
    public List<SyntaxNode>? Items { get; set; }

    public Grouping? Pairs { get; set; }

    public List<SortTerm>? Terms { get; set; }

    public Signature? Signature { get; set; }

    public bool KeepArray { get; set; }

    /// <summary>For a path: a step demands that a sequence of one element stays an array.</summary>
    public bool KeepSingletonArray { get; set; }

    /// <summary>An array constructor whose array is not flattened into the path's result.</summary>
    public bool ConsArray { get; set; }

    /// <summary>For a call: it is the last call in a lambda, so the loop of the caller makes it.</summary>
    public bool TailCall { get; set; }

    /// <summary>The step returns tuples, which contain bindings.</summary>
    public bool Tuple { get; set; }

    /// <summary>The predicates of a node that is not a step.</summary>
    public List<Stage>? Predicates { get; set; }

    /// <summary>Predicates and index bindings of a step.</summary>
    public List<Stage>? Stages { get; set; }

    public Grouping? Group { get; set; }

    public string? Focus { get; set; }

    public string? Index { get; set; }

    public AncestrySlot? Ancestor { get; set; }

    public AncestrySlot? Slot { get; set; }

    public List<AncestrySlot>? SeekingParent { get; set; }
}
