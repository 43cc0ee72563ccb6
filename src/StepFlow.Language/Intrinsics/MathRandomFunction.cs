using System.Globalization;
using StepFlow.Language.Evaluation;

namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.MathRandom(start, end, seed)</c>: an integer from start (included) to end (excluded). The same seed gives the same number.</summary>
internal sealed class MathRandomFunction() : IntrinsicFunction("MathRandom", 2, 3)
{
    public override bool IsPure => false;

    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (!TryRound(arguments[0], out long start) || !TryRound(arguments[1], out long end))
        {
            return IntrinsicErrors.Kind(1, "a number, as argument 2");
        }

        Entropy entropy = context.Entropy;
        if (arguments.Length == 3)
        {
            if (!TryRound(arguments[2], out long seed))
            {
                return IntrinsicErrors.Kind(3, "a number");
            }

            entropy = Entropy.FromSeed(seed.ToString(CultureInfo.InvariantCulture));
        }

        if (start >= end)
        {
            return IntrinsicErrors.EmptyRange;
        }

        ulong span = (ulong)end - (ulong)start;
        return JsonNumber.Create((long)((ulong)start + (ulong)(((UInt128)entropy.NextUInt64() * span) >> 64)));
    }
}
