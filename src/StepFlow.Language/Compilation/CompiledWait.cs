using StepFlow.Language.Evaluation;

namespace StepFlow.Language.Compilation;

/// <summary>A Wait state (Amazon States Language, "Wait State").</summary>
public sealed class CompiledWait() : CompiledState(StateKind.Wait)
{
    /// <summary><c>Seconds</c>, <c>SecondsPath</c>, <c>Timestamp</c> or <c>TimestampPath</c>.</summary>
    public required WaitField Until { get; init; }
}

/// <summary>When a wait ends.</summary>
public abstract class WaitField
{
    /// <summary>The instant at which the wait ends, evaluated when it begins. If it is in the past, the wait ends immediately.</summary>
    public abstract Outcome<DateTimeOffset> Evaluate(StateScope scope);
}
