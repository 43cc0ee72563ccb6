namespace StepFlow.Integrations.Functions;

/// <summary>Calls functions without waiting for the result (Lambda API, Invoke: InvocationType <c>Event</c>).</summary>
public interface IDeferredInvocations
{
    /// <summary>Keeps a call; when it returns, the function is called at least once, also after a crash where the host is durable.</summary>
    /// <param name="call">The call as a task. A second one with the same idempotency key changes nothing while the first is stored.</param>
    Task StoreAsync(TaskCall call, CancellationToken cancellationToken);
}
