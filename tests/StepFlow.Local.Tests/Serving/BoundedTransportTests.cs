using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StepFlow.Local.Serving;

namespace StepFlow.Local.Tests.Serving;

/// <summary>The bound on open connections, on real sockets.</summary>
public sealed class BoundedTransportTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accept_AsManyOpenAsAllowed_WaitsUntilOneIsClosed()
    {
        await using IConnectionListener listener = await BindAsync(2);
        using Socket first = await ConnectAsync(listener);
        using Socket second = await ConnectAsync(listener);
        using Socket third = await ConnectAsync(listener);
        ConnectionContext accepted = (await listener.AcceptAsync(Cancelled))!;
        await using ConnectionContext other = (await listener.AcceptAsync(Cancelled))!;

        Task<ConnectionContext?> next = listener.AcceptAsync(Cancelled).AsTask();
        Assert.False(next.IsCompleted);
        await accepted.DisposeAsync();

        await using ConnectionContext last = (await next)!;
        Assert.Equal(((IPEndPoint)third.LocalEndPoint!).Port, ((IPEndPoint)last.RemoteEndPoint!).Port);
        await listener.UnbindAsync(Cancelled);
    }

    [Fact]
    public async Task Dispose_OfAConnectionTwice_FreesOneSlot()
    {
        await using IConnectionListener listener = await BindAsync(1);
        using Socket first = await ConnectAsync(listener);
        using Socket second = await ConnectAsync(listener);
        using Socket third = await ConnectAsync(listener);
        ConnectionContext accepted = (await listener.AcceptAsync(Cancelled))!;
        await accepted.DisposeAsync();
        await accepted.DisposeAsync();

        await using ConnectionContext other = (await listener.AcceptAsync(Cancelled))!;
        Task<ConnectionContext?> next = listener.AcceptAsync(Cancelled).AsTask();
        Assert.False(next.IsCompleted);
        await listener.UnbindAsync(Cancelled);
        Assert.Null(await next);
    }

    [Fact]
    public async Task Unbind_WhileNoConnectionMayBeAccepted_EndsTheAccept()
    {
        await using IConnectionListener listener = await BindAsync(1);
        using Socket client = await ConnectAsync(listener);
        await using ConnectionContext accepted = (await listener.AcceptAsync(Cancelled))!;

        Task<ConnectionContext?> next = listener.AcceptAsync(Cancelled).AsTask();
        await listener.UnbindAsync(Cancelled);

        Assert.Null(await next);
    }

    private static async Task<IConnectionListener> BindAsync(int maxConnections)
    {
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        return await new BoundedTransport(sockets, maxConnections).BindAsync(new IPEndPoint(IPAddress.Loopback, 0), Cancelled);
    }

    private static async Task<Socket> ConnectAsync(IConnectionListener listener)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.EndPoint, Cancelled);
        return socket;
    }
}
