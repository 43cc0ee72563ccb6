namespace StepFlow.Runtime.Problems;

/// <summary>Lists the problems of executions that cannot continue, and tries again. Each host implements it.</summary>
public interface IExecutionProblems
{
    /// <summary>The problems of an execution. Empty for none.</summary>
    Task<IReadOnlyList<ExecutionProblem>> FindAsync(string executionArn, CancellationToken cancellationToken);

    /// <summary>The problems of all executions that the host knows without reading each execution, up to a maximum number.</summary>
    Task<IReadOnlyList<ExecutionProblem>> ListAsync(int count, CancellationToken cancellationToken);

    /// <summary>Tries an execution's problems again now, instead of later.</summary>
    /// <returns>Whether there was a problem.</returns>
    Task<bool> RetryAsync(string executionArn, CancellationToken cancellationToken);
}
