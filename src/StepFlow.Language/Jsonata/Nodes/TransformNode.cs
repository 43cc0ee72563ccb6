namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The transform operator. Its value is a function that returns a changed copy of its argument.</summary>
internal sealed class TransformNode(Node pattern, Node update, Node? deletion, int position) : Node(position)
{
    public Node Pattern { get; } = pattern;

    public Node Update { get; } = update;

    public Node? Deletion { get; } = deletion;

    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame) => new TransformFunction(this, frame);
}
