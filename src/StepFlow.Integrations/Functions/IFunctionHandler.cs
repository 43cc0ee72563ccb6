namespace StepFlow.Integrations.Functions;

/// <summary>A function that a Task can call: built in, behind a URL, or a program of this machine.</summary>
public interface IFunctionHandler
{
    /// <summary>The function's name, as a FunctionName or the end of its ARN names it.</summary>
    string Name { get; }

    /// <summary>Bytes of memory that a call takes beside the server's own: what its programs need. Calls wait until that much is free.</summary>
    long MemoryBytes => 0;

    /// <summary>Runs the function once. Repetitions of one attempt carry the same idempotency key.</summary>
    /// <param name="call">The payload, and the task that it is for.</param>
    /// <param name="cancellationToken">Cancelled when the answer no longer counts: stop and clean up.</param>
    /// <returns>What it returned or how it failed; an exception is reported to the workflow by its type and message.</returns>
    Task<FunctionResult> HandleAsync(FunctionCall call, CancellationToken cancellationToken);
}
