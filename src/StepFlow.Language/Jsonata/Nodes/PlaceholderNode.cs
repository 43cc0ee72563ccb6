using System.Diagnostics;
using StepFlow.Language.Jsonata.Runtime;

namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The question mark in place of an argument that is not given yet.</summary>
internal sealed class PlaceholderNode(int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame) => throw new UnreachableException();
}
