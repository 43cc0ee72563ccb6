using System.Net;
using Microsoft.AspNetCore.Connections;

namespace StepFlow.Local.Serving;

/// <summary>A listener that accepts no further connection while a maximum is open.</summary>
/// <param name="listener">Accepts connections.</param>
/// <param name="maxConnections">The maximum number of open connections.</param>
internal sealed class BoundedListener(IConnectionListener listener, int maxConnections) : IConnectionListener
{
    private readonly SemaphoreSlim _free = new(maxConnections);
    private readonly CancellationTokenSource _unbound = new();

    public EndPoint EndPoint => listener.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _unbound.Token);
        try
        {
            await _free.WaitAsync(ended.Token);
        }
        catch (OperationCanceledException) when (_unbound.IsCancellationRequested)
        {
            return null;
        }

        ConnectionContext? accepted = await listener.AcceptAsync(cancellationToken);
        return accepted is null ? null : new BoundedConnection(accepted, () => _free.Release());
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync();
        await listener.UnbindAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _unbound.CancelAsync();
        await listener.DisposeAsync();

        // The semaphore is not disposed: connections that are still open release it later.
        _unbound.Dispose();
    }
}
