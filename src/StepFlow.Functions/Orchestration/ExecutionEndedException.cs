using StepFlow.Execution;

namespace StepFlow.Functions.Orchestration;

/// <summary>An execution ended otherwise than well. Makes its instance fail, so that Durable Functions' own tools and the portal show it.</summary>
public sealed class ExecutionEndedException(ExecutionStatus status, string? error, string? cause)
    : Exception($"{status}: {error ?? "no error name"}: {cause ?? "no cause"}")
{
    /// <summary>The status it ended in.</summary>
    public ExecutionStatus Status { get; } = status;
}
