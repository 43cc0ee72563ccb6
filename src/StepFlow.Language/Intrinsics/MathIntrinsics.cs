using System.Globalization;

namespace StepFlow.Language.Intrinsics;

/// <summary>The functions of numbers and random values.</summary>
internal static class MathIntrinsics
{
    /// <summary><c>States.MathRandom(start, end, seed)</c>: an integer from start (included) to end (excluded). The same seed gives the same number.</summary>
    public static IntrinsicResult MathRandom(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
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

    /// <summary><c>States.MathAdd(a, b)</c>: the sum of two integers; other numbers are rounded first.</summary>
    public static IntrinsicResult MathAdd(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
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

    /// <summary><c>States.UUID()</c>: a version 4 UUID.</summary>
    public static IntrinsicResult Uuid(ReadOnlySpan<JsonValue> arguments, FunctionContext context) => new JsonString(context.Entropy.NextUuid());

    /// <summary>A number as an integer: the nearest one, halves upwards (<c>Math.round</c> of Java).</summary>
    public static bool TryRound(JsonValue value, out long rounded)
    {
        rounded = 0;
        if (value is not JsonNumber number)
        {
            return false;
        }

        if (number.TryGetInt64(out rounded))
        {
            return true;
        }

        double nearest = Math.Floor(number.ToDouble() + 0.5);
        rounded = (long)nearest;
        return nearest is > -9.2233720368547748E+18 and < 9.2233720368547748E+18;
    }
}
