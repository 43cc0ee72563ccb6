namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A step of a path.</summary>
internal sealed class Step
{
    /// <summary>The expression of the step; null in an order-by step.</summary>
    public Node? Node { get; init; }

    /// <summary>The field, where the step is nothing but that.</summary>
    public string? Name { get; init; }

    /// <summary>The order-by clause, where it is one.</summary>
    public Sorter? Sorter { get; init; }

    /// <summary>Whether it is an array constructor. Its array is one element of the path's result.</summary>
    public bool Constructed { get; init; }

    /// <summary>The variable that each result is bound to while the context stays (<c>@</c>).</summary>
    public string? Focus { get; init; }

    /// <summary>The variable that the position is bound to (<c>#</c>).</summary>
    public string? Index { get; init; }

    /// <summary>The label under which a parent operator finds the context of this step.</summary>
    public string? Ancestor { get; init; }

    public StepStage[] Stages { get; init; } = [];
}
