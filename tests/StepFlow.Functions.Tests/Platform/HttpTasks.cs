using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>The functions of <see cref="TaskHub.MixedExecutions"/> over HTTP, for an app in a process of its own: each gives its arguments back, and <c>flaky</c> fails at first.</summary>
internal sealed class HttpTasks : IAsyncDisposable
{
    private const string RetryCount = "x-stepflow-retry-count";
    private static readonly string[] Names = ["step", "a", "b", "item", "flaky"];

    private readonly WebApplication _server;

    private HttpTasks(WebApplication server) => _server = server;

    /// <summary>The app's settings that name them.</summary>
    public IReadOnlyDictionary<string, string?> Settings =>
        Names.ToDictionary(static name => $"StepFlow:Functions:{name}:Url", name => (string?)$"{_server.Urls.Single()}/{name}");

    public static async Task<HttpTasks> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication server = builder.Build();
        server.MapPost("/{name}", AnswerAsync);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new(server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        if (context.Request.RouteValues["name"] is "flaky" && context.Request.Headers[RetryCount] == "0")
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsync("""{"errorType":"Flaky","errorMessage":"The first call of this function fails."}""");
            return;
        }

        await context.Request.Body.CopyToAsync(context.Response.Body);
    }
}
