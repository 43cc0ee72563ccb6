namespace StepFlow.Language.Intrinsics;

/// <summary>One of the <c>States.*</c> functions.</summary>
/// <param name="name">The name behind <c>States.</c>.</param>
/// <param name="minimum">The least number of arguments.</param>
/// <param name="maximum">The most.</param>
internal abstract class IntrinsicFunction(string name, int minimum, int maximum)
{
    /// <summary>The maximum number of items that a function makes without quotas, so that the host's memory suffices.</summary>
    protected const int MaxItems = 1_000_000;

    public string Name { get; } = name;

    /// <summary>Whether the value depends on the arguments alone.</summary>
    public virtual bool IsPure => true;

    public bool Takes(int count) => count >= minimum && count <= maximum;

    /// <summary>Whether a literal is a valid argument. A definition with an invalid one is rejected.</summary>
    /// <param name="index">The argument, from 0.</param>
    public virtual bool Accepts(int index, JsonValue literal) => true;

    public abstract IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context);

    /// <summary>A number as an integer: the nearest one, halves upwards (<c>Math.round</c> of Java).</summary>
    protected static bool TryRound(JsonValue value, out long rounded)
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
