namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A literal, or a constant expression.</summary>
internal sealed class ConstantNode(JsonValue value, int position) : Node(position)
{
    public JsonValue Value { get; } = value;

    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame) => Value;
}
