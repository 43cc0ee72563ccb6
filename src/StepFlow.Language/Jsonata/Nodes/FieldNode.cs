namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A path of one field. For an object it returns the member. The path handles all other values.</summary>
internal sealed class FieldNode(string name, PathNode path) : Node(path.Position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame) =>
        input is JsonObject members ? members[name] : path.Evaluate(evaluator, input, frame);
}
