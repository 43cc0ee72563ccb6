using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StepFlow.Local.Configuration;
using StepFlow.Local.Serving;
using StepFlow.Testing;

namespace StepFlow.Benchmarks.Http;

/// <summary>The server as <c>stepflow serve</c> starts it, on a free port, and beside it a bare echo on the same web server.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private readonly LocalServer _server;
    private readonly WebApplication _echo;
    private readonly TemporaryFolder _folder;

    private HttpServer(LocalServer server, WebApplication echo, TemporaryFolder folder)
    {
        _server = server;
        _echo = echo;
        _folder = folder;
    }

    /// <summary>Where the service is.</summary>
    public Uri Address => new(_server.Url);

    /// <summary>Where the echo is.</summary>
    public Uri Echo => new(_echo.Urls.First());

    public static async Task<HttpServer> StartAsync()
    {
        var folder = new TemporaryFolder();
        LoadedConfiguration configuration = await ConfigurationFile.ReadAsync(folder.File("stepflow.json", "{}"), CancellationToken.None);
        var options = configuration.Bind<ServerOptions>("Server");
        options.Data = folder.PathOf("data");
        options.Port = 0;
        LocalServer server = await LocalServer.StartAsync(configuration, options, configuration.Service, TextWriter.Null, CancellationToken.None);

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication echo = builder.Build();
        echo.MapPost("/", EchoAsync);
        await echo.StartAsync();
        return new(server, echo, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _echo.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        context.Response.ContentLength = body.Length;
        context.Response.ContentType = context.Request.ContentType;
        await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length));
    }
}
