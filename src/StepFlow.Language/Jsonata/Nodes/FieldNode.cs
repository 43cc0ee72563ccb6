using StepFlow.Language.Jsonata.Runtime;

namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A path of one field. On an object it is the member; anything else is left to the path.</summary>
internal sealed class FieldNode(string name, PathNode path) : Node(path.Position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame) =>
        input is JsonObject members ? members[name] : path.Evaluate(evaluator, input, frame);
}
