using StepFlow.Execution.Signals;

namespace StepFlow.Runtime.Ports;

/// <summary>Runs executions durably and returns data about them. Each host implements it: with a SQLite journal on one machine, with Durable Functions on Azure.</summary>
public interface IExecutionHost
{
    /// <summary>
    /// Starts an execution. When it returns, the start is durable. The name is never free again: a second start with
    /// the same ARN changes nothing, and returns the existing execution.
    /// </summary>
    Task<StartOutcome> StartAsync(ExecutionRequest request, CancellationToken cancellationToken);

    /// <summary>An execution by its ARN; null if there is none.</summary>
    Task<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken);

    /// <summary>Executions, newest first.</summary>
    Task<Page<ExecutionSummary>> ListAsync(ExecutionQuery query, CancellationToken cancellationToken);

    /// <summary>History events of an execution.</summary>
    /// <param name="after">Events beyond this id in reading order; null from the start (or the end, in reverse).</param>
    /// <param name="count">The maximum number. Fewer are returned if payloads are large.</param>
    /// <param name="reverse">Whether to read from the newest back.</param>
    Task<HistoryPage> HistoryAsync(string executionArn, long? after, int count, bool reverse, CancellationToken cancellationToken);

    /// <summary>
    /// Passes a signal to an execution. When it returns, the turn is durable. False if the execution does not exist,
    /// has ended, or does not wait for the signal (a task that has a result or timed out). The times of an execution's signals never go
    /// back: a late signal gets the time of the one before it.
    /// </summary>
    Task<bool> SignalAsync(string executionArn, Signal signal, CancellationToken cancellationToken);

    /// <summary>Waits until an execution has ended, and returns it; null if there is none.</summary>
    Task<ExecutionRecord?> WaitAsync(string executionArn, CancellationToken cancellationToken);
}
