using StepFlow.Execution;

namespace StepFlow.Functions.Orchestration;

/// <summary>An execution ended otherwise than well. Makes its instance fail, so that Durable Functions' own tools and the portal show it.</summary>
public sealed class ExecutionEndedException(ExecutionStatus status, string? error, string? cause)
    : Exception($"{status}: {error ?? "no error name"}: {Cut(cause) ?? "no cause"}")
{
    /// <summary>The back end keeps the message with the instance; the whole cause is in the execution's record.</summary>
    private const int MaxCharacters = 1000;

    private static string? Cut(string? cause) => cause is { Length: > MaxCharacters } ? cause[..MaxCharacters] + "…" : cause;
}
