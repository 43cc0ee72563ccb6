namespace StepFlow.Runtime.Ports;

/// <summary>Starts asynchronous Express executions (StartExecution of an Express machine). Synchronous ones run in the request of their caller.</summary>
public interface IExpressStarts
{
    /// <summary>
    /// Begins an execution. When it returns, the execution will run at least once where the host is durable; a
    /// repetition has the same ARN, name and input, so its tasks have the same idempotency keys.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting. The execution may still run.</param>
    Task StartAsync(ExecutionRequest request, CancellationToken cancellationToken);
}
