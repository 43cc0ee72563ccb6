using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace StepFlow.Local.Serving;

/// <summary>
/// Accepts no further connection while a maximum is open; further clients wait in the operating system's queue. Kestrel's own
/// limit closes a connection only after it was accepted. On a busy machine, accepted connections that wait to be closed could
/// use up the files that the process may open.
/// </summary>
/// <param name="maxConnections">The maximum number of open connections of a listener.</param>
internal sealed class BoundedTransport(SocketTransportFactory sockets, int maxConnections) : IConnectionListenerFactory
{
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new BoundedListener(await sockets.BindAsync(endpoint, cancellationToken), maxConnections);
}
