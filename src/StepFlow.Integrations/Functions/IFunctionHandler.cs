namespace StepFlow.Integrations.Functions;

/// <summary>A function that a Task can call: built in, behind a URL, or a program of this machine.</summary>
public interface IFunctionHandler
{
    /// <summary>The function's name, as a FunctionName or the end of its ARN names it.</summary>
    string Name { get; }

    /// <summary>The memory in bytes that a call needs besides the server's own, for its programs. Calls wait until it is free.</summary>
    long MemoryBytes => 0;

    /// <summary>Runs the function once. Repetitions of one attempt have the same idempotency key.</summary>
    /// <param name="call">The payload, and the task that it is for.</param>
    /// <param name="cancellationToken">Cancelled when the outcome is no longer needed. Stop and clean up.</param>
    /// <returns>The return value or the failure. An exception is reported to the workflow by its type and message.</returns>
    Task<FunctionResult> HandleAsync(FunctionCall call, CancellationToken cancellationToken);
}
