using System.Diagnostics;

namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The question mark for an argument of a partial application.</summary>
internal sealed class PlaceholderNode(int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame) => throw new UnreachableException();
}
