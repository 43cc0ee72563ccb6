namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A tail call with the context and the variables it is made with.</summary>
internal sealed class NodeTailCall(TailCallNode node, JsonValue? input, JsonataFrame frame) : TailCall
{
    public override JsonValue? Continue(Evaluator evaluator, JsonValue? context) => node.Continue(evaluator, input, frame, context);
}
