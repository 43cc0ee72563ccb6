namespace StepFlow.Language.Compilation;

/// <summary>A Wait state (Amazon States Language, "Wait State").</summary>
public sealed class CompiledWait() : CompiledState(StateKind.Wait)
{
    /// <summary><c>Seconds</c>, <c>SecondsPath</c>, <c>Timestamp</c> or <c>TimestampPath</c>: the instant at which the wait ends, evaluated when it begins. If it is in the past, the wait ends immediately.</summary>
    public required Field<DateTimeOffset> Until { get; init; }
}
