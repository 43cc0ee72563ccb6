namespace StepFlow.Runtime.Ports;

/// <summary>Begins asynchronous Express executions (StartExecution of an Express machine). Synchronous ones run in their caller's request.</summary>
public interface IExpressStarts
{
    /// <summary>
    /// Begins an execution. When it returns, the execution will run at least once where the host is durable; a
    /// repetition has the same ARN, name and input, so its tasks have the same idempotency keys.
    /// </summary>
    /// <param name="cancellationToken">Gives up; the execution may run all the same.</param>
    Task StartAsync(ExecutionRequest request, CancellationToken cancellationToken);
}
