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

    /// <summary>An instance with its input, output and custom status; null if there is none.</summary>
    public Task<OrchestrationMetadata?> FindAsync(string instanceId, CancellationToken cancellationToken) =>
        Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken);

    /// <summary>Sends an event to an instance. False if it has completed, or if there is none.</summary>
    public async Task<bool> TryRaiseAsync(string instanceId, string name, object payload, CancellationToken cancellationToken)
    {
        if (await Client.GetInstanceAsync(instanceId, cancellationToken) is not { IsCompleted: false })
        {
            return false;
        }

        await Client.RaiseEventAsync(instanceId, name, payload, cancellationToken);
        return true;
    }
}
