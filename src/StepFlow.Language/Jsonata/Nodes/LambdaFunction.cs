namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A lambda, with the context and the variables of the expression that created it.</summary>
internal sealed class LambdaFunction(LambdaNode node, JsonValue? input, JsonataFrame frame) : JsonataFunction
{
    /// <summary>What a call takes beside its nodes: its frame, and the loop of a tail call.</summary>
    private const int CallSteps = 2;

    public override int Arity => node.ParameterCount;

    public override JsonValue? Invoke(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        if (node.Signature is null)
        {
            return Call(evaluator, arguments);
        }

        ArgumentBuffer buffer = default;
        int length = node.Signature.BufferLength(arguments.Length);
        Span<JsonValue?> validated = length <= ArgumentBuffer.Length ? buffer : new JsonValue?[length];
        int count = node.Signature.Validate(evaluator, arguments, context, validated);
        return Call(evaluator, validated[..count]);
    }

    private JsonValue? Call(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        evaluator.Charge(CallSteps);
        var locals = new JsonataFrame(frame, node.SlotCount);
        for (int i = 0; i < node.ParameterCount; i++)
        {
            locals[i] = i < arguments.Length ? arguments[i] : null;
        }

        return node.Body.Evaluate(evaluator, input, locals);
    }
}
