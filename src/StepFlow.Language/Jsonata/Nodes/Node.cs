namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A node of the evaluated tree. Immutable and shared. The state of an evaluation is passed with each call.</summary>
internal abstract class Node(int position)
{
    /// <summary>Its position in the text.</summary>
    public int Position { get; } = position;

    /// <summary>The value for a context; null is undefined.</summary>
    /// <param name="input">The context value, <c>$</c>.</param>
    /// <param name="frame">The variables.</param>
    public abstract JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame);
}
