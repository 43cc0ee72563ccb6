using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using StepFlow.Integrations.Identities;

namespace StepFlow.Functions.Notifications;

/// <summary>The clients of the app's Service Bus namespace, one for each identity that signs in to it.</summary>
internal sealed class ServiceBusClients : IAsyncDisposable
{
    private readonly string? _connection;
    private readonly string? _namespace;
    private readonly IdentityCredentials _credentials;
    private readonly ConcurrentDictionary<string, Lazy<ServiceBusClient>> _clients = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="connection">The connection string; null where identities sign in.</param>
    /// <param name="fullyQualifiedNamespace">The namespace; null where a connection string is used.</param>
    /// <param name="credentials">What signs in.</param>
    public ServiceBusClients(string? connection, string? fullyQualifiedNamespace, IdentityCredentials credentials) =>
        (_connection, _namespace, _credentials) = (connection, fullyQualifiedNamespace, credentials);

    /// <summary>The client of an identity. A connection string has its own key, so its client is the same for all identities.</summary>
    /// <param name="identity">The identity's name; null for the host itself.</param>
    public ServiceBusClient For(string? identity) => _connection is { } connection
        ? _clients.GetOrAdd(string.Empty, _ => new(() => new(connection))).Value
        : _clients.GetOrAdd(_credentials.IsOther(identity) ? identity! : string.Empty, name => new(() => new(_namespace!, _credentials.Of(name)))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (Lazy<ServiceBusClient> client in _clients.Values.Where(static client => client.IsValueCreated))
        {
            await client.Value.DisposeAsync();
        }
    }
}
