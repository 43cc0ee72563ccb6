using System.Net;
using System.Net.Sockets;
using System.Text;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Serving;

/// <summary>A server whose callers send the body of their request too slowly, or not to its end.</summary>
public sealed class SlowBodyServerTests : IDisposable
{
    private const int Callers = 200;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: AWSStepFunctions.ListActivities\r\nContent-Length: 1000\r\n\r\n{")]
    [InlineData("POST /api/activities HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")]
    [InlineData("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: AWSStepFunctions.ListActivities\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")]
    public async Task Bodies_ThatDoNotArrive_AreRefusedWhileOthersAreServed(string begun)
    {
        using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), _folder.File("stepflow.json", "{}"), Cancellation);
        var url = new Uri(server.Url);
        var callers = new List<Socket>();
        try
        {
            for (int caller = 0; caller < Callers; caller++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                callers.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, url.Port, Cancellation);
                await socket.SendAsync(Encoding.ASCII.GetBytes(begun), Cancellation);
            }

            Assert.NotNull((await server.GetAsync("api/statemachines", Cancellation))["stateMachines"]);

            // The server waits for some seconds before it closes the connection; nobody else does.
            string[] responses = await Task.WhenAll(callers.Select(ReadToEndAsync));
            Assert.All(responses, static response => Assert.StartsWith("HTTP/1.1 408 ", response, StringComparison.Ordinal));
            Assert.NotNull((await server.GetAsync("api/statemachines", Cancellation))["stateMachines"]);
        }
        finally
        {
            callers.ForEach(static socket => socket.Dispose());
        }
    }

    /// <summary>The server's response until it closes the connection.</summary>
    private static async Task<string> ReadToEndAsync(Socket caller)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (await caller.ReceiveAsync(buffer, Cancellation) is > 0 and var count)
        {
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return text.ToString();
    }
}
