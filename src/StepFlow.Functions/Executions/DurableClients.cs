using Microsoft.DurableTask.Client;

namespace StepFlow.Functions.Executions;

/// <summary>
/// The Durable Functions client. The Functions host hands it to each invocation; whatever is there for the app's whole
/// life finds it here. Every client of an app reaches the same task hub.
/// </summary>
internal sealed class DurableClients
{
    private volatile DurableTaskClient? _client;

    /// <summary>The client.</summary>
    /// <exception cref="InvalidOperationException">No function with a client was invoked yet.</exception>
    public DurableTaskClient Client => _client ?? throw new InvalidOperationException("No invocation has brought a Durable Functions client yet.");

    /// <summary>Takes the client that an invocation brought.</summary>
    public void Use(DurableTaskClient client) => _client = client;
}
