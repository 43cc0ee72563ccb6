namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.UUID()</c>: a version 4 UUID.</summary>
internal sealed class UuidFunction() : IntrinsicFunction("UUID", 0, 0)
{
    public override bool IsPure => false;

    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context) => new JsonString(context.Entropy.NextUuid());
}
