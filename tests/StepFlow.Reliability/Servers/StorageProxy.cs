using System.Net;
using System.Net.Sockets;

namespace StepFlow.Reliability.Servers;

/// <summary>
/// Stands between the server under test and the storage emulator. While it is cut no connection gets a response and none
/// stands: as with an emulator that is stopped and started again, but nothing that was stored is lost.
/// </summary>
internal sealed class StorageProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly int _target;
    private readonly Task _run;
    private CancellationTokenSource _connections = new();
    private volatile bool _isCut;

    /// <summary>Listens on a free port.</summary>
    /// <param name="target">The emulator's port on the loopback.</param>
    public StorageProxy(int target)
    {
        _target = target;
        _listener.Start();
        _run = AcceptAsync();
    }

    /// <summary>Where it listens on the loopback.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends all connections, and refuses new ones, until it is mended.</summary>
    public void Cut()
    {
        _isCut = true;
        CancellationTokenSource old = Interlocked.Exchange(ref _connections, new());
        old.Cancel();
        old.Dispose();
    }

    /// <summary>Takes connections again.</summary>
    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _stopping.CancelAsync();
        _listener.Stop();
        await ((Task)_run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _connections.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync(_stopping.Token);
            if (_isCut)
            {
                Abort(client);
                continue;
            }

            _ = ForwardAsync(client, _connections.Token);
        }
    }

    private async Task ForwardAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, cancellationToken);
            Task there = client.GetStream().CopyToAsync(server.GetStream(), cancellationToken);
            Task back = server.GetStream().CopyToAsync(client.GetStream(), cancellationToken);
            await await Task.WhenAny(there, back);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // Either side is gone, or the proxy is cut: so is the other side, then.
        }
        finally
        {
            Abort(client);
        }
    }

    private static void Abort(TcpClient client)
    {
        client.LingerState = new(enable: true, seconds: 0);
        client.Dispose();
    }
}
