namespace StepFlow.Runtime.Problems;

/// <summary>Tells why executions do not go on, and tries them again. Each host has one.</summary>
public interface IExecutionProblems
{
    /// <summary>What keeps an execution from going on; empty where nothing is known to.</summary>
    Task<IReadOnlyList<ExecutionProblem>> FindAsync(string executionArn, CancellationToken cancellationToken);

    /// <summary>The problems of all executions, as far as the host knows without looking at each execution; at most so many.</summary>
    Task<IReadOnlyList<ExecutionProblem>> ListAsync(int count, CancellationToken cancellationToken);

    /// <summary>Tries an execution's problems again now, instead of later.</summary>
    /// <returns>Whether there was anything to try.</returns>
    Task<bool> RetryAsync(string executionArn, CancellationToken cancellationToken);
}
