using StepFlow.Execution.Signals;

namespace StepFlow.Runtime.Ports;

/// <summary>Runs executions durably and returns data about them. Each host implements it: with a SQLite journal on one machine, with Durable Functions on Azure.</summary>
public interface IExecutionHost
{
    /// <summary>
    /// Starts an execution; when it returns, the start is durable. The name is claimed for good: a second start with
    /// the same ARN changes nothing and says so.
    /// </summary>
    Task<StartOutcome> StartAsync(ExecutionRequest request, CancellationToken cancellationToken);

    /// <summary>An execution by its ARN; null where there is none.</summary>
    Task<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken);

    /// <summary>Executions, newest first.</summary>
    Task<Page<ExecutionSummary>> ListAsync(ExecutionQuery query, CancellationToken cancellationToken);

    /// <summary>History events of an execution.</summary>
    /// <param name="after">Events beyond this id in reading order; null from the start (or the end, in reverse).</param>
    /// <param name="count">The maximum number. Fewer are returned if payloads are large.</param>
    /// <param name="reverse">Whether to read from the newest back.</param>
    Task<HistoryPage> HistoryAsync(string executionArn, long? after, int count, bool reverse, CancellationToken cancellationToken);

    /// <summary>
    /// Hands a signal to an execution; when it returns, the turn is durable. False where the execution does not exist,
    /// has ended, or does not wait for it (a task that has a result or timed out). Signals of one execution never go back
    /// in time: one that comes late takes the time of the one before it.
    /// </summary>
    Task<bool> SignalAsync(string executionArn, Signal signal, CancellationToken cancellationToken);

    /// <summary>Waits until an execution has ended, and gives it; null where there is none.</summary>
    Task<ExecutionRecord?> WaitAsync(string executionArn, CancellationToken cancellationToken);
}
