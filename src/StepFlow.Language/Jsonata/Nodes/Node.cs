using StepFlow.Language.Jsonata.Runtime;

namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A node of the tree that evaluates. Immutable and shared: what an evaluation needs comes with the call.</summary>
internal abstract class Node(int position)
{
    /// <summary>Where it stands in the text.</summary>
    public int Position { get; } = position;

    /// <summary>The value for a context; null is undefined.</summary>
    /// <param name="evaluator">The evaluation.</param>
    /// <param name="input">The context value, <c>$</c>.</param>
    /// <param name="frame">The variables.</param>
    public abstract JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame);
}
