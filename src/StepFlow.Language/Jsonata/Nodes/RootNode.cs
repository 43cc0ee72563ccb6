namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The input of the whole expression, <c>$$</c>.</summary>
internal sealed class RootNode(int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame) => evaluator.Root;
}
