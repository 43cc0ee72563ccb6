using System.Buffers.Binary;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>
/// The platform's end of the stream to a worker process (gRPC service <c>FunctionRpc</c>, method <c>EventStream</c>). Messages are
/// read and written as protobuf's JSON: the worker's own package has their descriptors, and no types that others may use.
/// </summary>
internal sealed class FunctionRpc : IAsyncDisposable
{
    private const int HeaderBytes = 5;

    private static readonly MessageDescriptor Message = ((FileDescriptor)System.Reflection.Assembly.Load("Microsoft.Azure.Functions.Worker.Grpc")
        .GetTypes().Single(type => type.Name == "FunctionRpcReflection")
        .GetProperty("Descriptor")!.GetValue(null)!).FindTypeByName<MessageDescriptor>("StreamingMessage");

    private readonly WebApplication _server;
    private readonly Channel<JsonObject> _received = Channel.CreateUnbounded<JsonObject>();
    private readonly TaskCompletionSource<HttpResponse> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _sending = new(1);

    private FunctionRpc(WebApplication server) => _server = server;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_server.Urls.Single());

    public static async Task<FunctionRpc> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        WebApplication server = builder.Build();
        var rpc = new FunctionRpc(server);
        server.MapPost("/AzureFunctionsRpcMessages.FunctionRpc/EventStream", rpc.ServeAsync);
        await server.StartAsync();
        return rpc;
    }

    /// <summary>Sends a message: one member, as the JSON of protobuf names it.</summary>
    public async Task SendAsync(string name, JsonNode content, CancellationToken cancellationToken)
    {
        HttpResponse response = await _connected.Task.WaitAsync(cancellationToken);
        byte[] body = JsonParser.Default.Parse(new JsonObject { ["requestId"] = Guid.NewGuid().ToString(), [name] = content }.ToJsonString(), Message).ToByteArray();
        byte[] frame = new byte[HeaderBytes + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), body.Length);
        body.CopyTo(frame, HeaderBytes);
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await response.Body.WriteAsync(frame, cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next message that has a member, which is given; others (logs) are passed over.</summary>
    public async Task<JsonObject> NextAsync(string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            JsonObject message = await _received.Reader.ReadAsync(cancellationToken);
            if (message[name] is JsonObject found)
            {
                return found;
            }
        }
    }

    /// <summary>Nothing comes any more.</summary>
    public void Fail(string reason) => _received.Writer.TryComplete(new InvalidOperationException(reason));

    public async ValueTask DisposeAsync()
    {
        _closed.TrySetResult();
        await _server.DisposeAsync();
        _sending.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.FlushAsync();
        _connected.TrySetResult(context.Response);
        byte[] header = new byte[HeaderBytes];
        try
        {
            while (await context.Request.Body.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes)
            {
                byte[] body = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1))];
                await context.Request.Body.ReadExactlyAsync(body);
                _received.Writer.TryWrite((JsonObject)JsonNode.Parse(JsonFormatter.Default.Format(Message.Parser.ParseFrom(body)))!);
            }
        }
        catch (IOException)
        {
            // The process was killed.
        }

        await _closed.Task;
    }
}
