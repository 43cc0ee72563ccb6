namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.MathAdd(a, b)</c>: the sum of two integers; other numbers are rounded first.</summary>
internal sealed class MathAddFunction() : IntrinsicFunction("MathAdd", 2, 2)
{
    public override bool Accepts(int index, JsonValue literal) => literal is JsonNumber;

    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (!TryRound(arguments[0], out long first))
        {
            return IntrinsicErrors.Kind(1, "a number");
        }

        if (!TryRound(arguments[1], out long second))
        {
            return IntrinsicErrors.Kind(2, "a number");
        }

        long sum = unchecked(first + second);
        bool overflows = ((first ^ sum) & (second ^ sum)) < 0;
        return overflows ? IntrinsicErrors.Overflow : JsonNumber.Create(sum);
    }
}
