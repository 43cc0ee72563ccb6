namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>The code of a built-in function. Its signature has checked the arguments. Missing ones are null.</summary>
internal delegate JsonValue? NativeBody(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments);

/// <summary>A built-in function.</summary>
internal sealed class NativeFunction : JsonataFunction
{
    /// <summary>What most functions take, their arguments apart.</summary>
    private const int UsualSteps = 2;

    private readonly Signature _signature;
    private readonly NativeBody _body;
    private readonly int _steps;

    /// <summary>Defines a function.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="arity">The number of parameters for higher-order functions.</param>
    /// <param name="body">The code.</param>
    /// <param name="steps">The steps of a call, without those that the body counts for long arguments: its processor time compared with a node's.</param>
    public NativeFunction(string name, string signature, int arity, NativeBody body, int steps = UsualSteps)
    {
        Name = name;
        Arity = arity;
        _signature = Signature.Parse(signature);
        _body = body;
        _steps = steps;
    }

    public string Name { get; }

    public override int Arity { get; }

    public override JsonValue? Invoke(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        evaluator.Charge(_steps);
        ArgumentBuffer buffer = default;
        int length = _signature.BufferLength(arguments.Length);
        Span<JsonValue?> validated = length <= ArgumentBuffer.Length ? buffer : new JsonValue?[length];
        try
        {
            int count = _signature.Validate(evaluator, arguments, context, validated);
            return _body(evaluator, validated[..Math.Max(count, _signature.Count)]);
        }
        catch (JsonataException e) when (e.LocateFunction(this, Name))
        {
            throw;
        }
    }
}
