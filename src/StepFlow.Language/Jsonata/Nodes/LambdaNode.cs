using StepFlow.Language.Json;
using StepFlow.Language.Jsonata.Runtime;

namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A lambda; its value is a closure.</summary>
internal sealed class LambdaNode(int parameters, int slots, Signature? signature, Node body, int position) : Node(position)
{
    public int ParameterCount { get; } = parameters;

    public int SlotCount { get; } = slots;

    public Signature? Signature { get; } = signature;

    public Node Body { get; } = body;

    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, Frame frame) => new LambdaFunction(this, input, frame);
}
