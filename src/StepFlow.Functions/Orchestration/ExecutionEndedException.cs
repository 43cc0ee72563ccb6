namespace StepFlow.Functions.Orchestration;

/// <summary>An execution ended without success. The exception makes its instance fail, so that the tools of Durable Functions and the portal show it.</summary>
public sealed class ExecutionEndedException(ExecutionStatus status, string? error, string? cause)
    : Exception($"{status}: {error ?? "no error name"}: {Cut(cause) ?? "no cause"}")
{
    /// <summary>The back end stores the message with the instance. The whole cause is in the execution's record.</summary>
    private const int MaxCharacters = 1000;

    private static string? Cut(string? cause) => cause is { Length: > MaxCharacters } ? cause[..MaxCharacters] + "…" : cause;
}
