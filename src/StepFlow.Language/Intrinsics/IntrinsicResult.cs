namespace StepFlow.Language.Intrinsics;

/// <summary>The result of a function: a value or a problem.</summary>
internal readonly struct IntrinsicResult
{
    private IntrinsicResult(JsonValue? value, IntrinsicFault? fault) => (Value, Fault) = (value, fault);

    public JsonValue? Value { get; }

    public IntrinsicFault? Fault { get; }

    public static implicit operator IntrinsicResult(JsonValue value) => new(value, null);

    public static implicit operator IntrinsicResult(string fault) => new IntrinsicFault(fault, IsMissingPath: false);

    public static implicit operator IntrinsicResult(IntrinsicFault fault) => new(null, fault);
}
