namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A lambda; its value is a closure.</summary>
internal sealed class LambdaNode(int parameters, int slots, Signature? signature, Node body, int position) : Node(position)
{
    /// <summary>The memory of a closure and its frame.</summary>
    private const int ClosureBytes = 160;

    public int ParameterCount { get; } = parameters;

    public int SlotCount { get; } = slots;

    public Signature? Signature { get; } = signature;

    public Node Body { get; } = body;

    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Reserve(ClosureBytes);
        return new LambdaFunction(this, input, frame);
    }
}
