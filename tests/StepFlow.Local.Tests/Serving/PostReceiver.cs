using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StepFlow.Language.Json;

namespace StepFlow.Local.Tests.Serving;

/// <summary>A server on the loopback that takes what is posted to it.</summary>
internal sealed class PostReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Channel<JsonObject> _bodies = Channel.CreateUnbounded<JsonObject>();

    private PostReceiver(WebApplication application) => _application = application;

    /// <summary>Its address, with a slash at the end.</summary>
    public string Url => _application.Urls.First() + "/";

    /// <summary>Starts one.</summary>
    public static async Task<PostReceiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        var receiver = new PostReceiver(application);
        application.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            await receiver._bodies.Writer.WriteAsync((JsonObject)JsonValue.Parse(body.ToArray()));
        });
        await application.StartAsync();
        return receiver;
    }

    /// <summary>The next body.</summary>
    public async Task<JsonObject> NextAsync(CancellationToken cancellationToken) => await _bodies.Reader.ReadAsync(cancellationToken);

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
