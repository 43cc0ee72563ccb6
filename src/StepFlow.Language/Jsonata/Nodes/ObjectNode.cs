namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The object constructor.</summary>
internal sealed class ObjectNode(Grouper grouper, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonObject result = grouper.Group(evaluator, input, frame);
        evaluator.Leave();
        return result;
    }
}
