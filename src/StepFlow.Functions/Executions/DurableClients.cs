using Microsoft.DurableTask.Client;

namespace StepFlow.Functions.Executions;

/// <summary>
/// The Durable Functions client. The Functions host passes it to each invocation. Services that exist for the app's whole
/// life get it from here. All clients of an app use the same task hub.
/// </summary>
internal sealed class DurableClients
{
    private volatile DurableTaskClient? _client;

    /// <summary>The client.</summary>
    /// <exception cref="InvalidOperationException">No function with a client was invoked yet.</exception>
    public DurableTaskClient Client => _client ?? throw new InvalidOperationException("There is no Durable Functions client yet. The first invocation of a function provides it.");

    /// <summary>Stores the client of an invocation.</summary>
    public void Use(DurableTaskClient client) => _client = client;
}
