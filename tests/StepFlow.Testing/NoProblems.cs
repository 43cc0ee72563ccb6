using StepFlow.Runtime.Problems;

namespace StepFlow.Testing;

/// <summary>For hosts that run everything at once, or fail it.</summary>
public sealed class NoProblems : IExecutionProblems
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ExecutionProblem>> FindAsync(string executionArn, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ExecutionProblem>>([]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ExecutionProblem>> ListAsync(int count, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ExecutionProblem>>([]);

    /// <inheritdoc/>
    public Task<bool> RetryAsync(string executionArn, CancellationToken cancellationToken) => Task.FromResult(false);
}
