using StepFlow.Language.Compilation;

namespace StepFlow.Language.Templates;

/// <summary><c>Seconds</c> of a Wait, given as a number.</summary>
/// <param name="seconds">From 0.</param>
public sealed class SecondsWait(long seconds) : Field<DateTimeOffset>
{
    public override Outcome<DateTimeOffset> Evaluate(StateScope scope) => After(scope, seconds);

    /// <summary>The end of a wait of so many seconds from now on.</summary>
    public static Outcome<DateTimeOffset> After(StateScope scope, long seconds) =>
        seconds > TimestampWait.MaxSeconds ? FieldErrors.WaitTooLong : scope.Now.AddSeconds(seconds);
}

/// <summary><c>Timestamp</c> of a Wait, given as a text.</summary>
/// <param name="timestamp">The instant at which the wait ends.</param>
public sealed class TimestampWait(DateTimeOffset timestamp) : Field<DateTimeOffset>
{
    /// <summary>The longest wait, in seconds.</summary>
    public const long MaxSeconds = int.MaxValue;

    public override Outcome<DateTimeOffset> Evaluate(StateScope scope) => Until(scope, timestamp);

    /// <summary>The end of a wait for an instant, which may have passed.</summary>
    public static Outcome<DateTimeOffset> Until(StateScope scope, DateTimeOffset instant) =>
        (instant - scope.Now).TotalSeconds > MaxSeconds ? FieldErrors.WaitTooLong : instant;
}
