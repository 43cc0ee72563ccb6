using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace StepFlow.Reliability.Servers;

/// <summary>
/// The functions that workflows call: they respond as their payload requests, correctly or not, and count the calls. The payload
/// of <c>work</c>: <c>value</c> to return, <c>failures</c>, how many attempts fail first, <c>how</c> they fail, and the
/// <c>lane</c> of the call log.
/// </summary>
internal sealed class TaskServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly CancellationTokenSource _stopping = new();

    private TaskServer(WebApplication application)
    {
        _application = application;
        application.MapPost("/work", WorkAsync);
        application.MapPost("/token", TokenAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Who called.</summary>
    public CallLog Calls { get; } = new();

    /// <summary>Is given each task that waits for its token: the execution's ARN and the payload.</summary>
    public Action<string, JsonObject> TokenArrived { get; set; } = static (_, _) => { };

    /// <summary>Starts it on a free port.</summary>
    public static async Task<TaskServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new TaskServer(builder.Build());
        await server._application.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _application.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task WorkAsync(HttpContext context)
    {
        JsonObject payload = await ReadAsync(context);
        int attempt = Calls.Add(new(
            Header(context, "x-stepflow-execution-arn"), (string?)payload["lane"] ?? string.Empty, Header(context, "x-stepflow-state"), Header(context, "Idempotency-Key")));
        string how = attempt < ((int?)payload["failures"] ?? 0) ? (string)payload["how"]! : "answer";
        if ((int?)payload["delayMs"] is { } delay)
        {
            await Task.Delay(delay, context.RequestAborted);
        }

        switch (how)
        {
            case "error":
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                await RespondAsync(context, """{"errorType":"Flaky","errorMessage":"This attempt fails."}""");
                break;
            case "unavailable":
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                break;
            case "garbage":
                await RespondAsync(context, "{\"a\": [1, \u0000");
                break;
            case "drop":
                context.Abort();
                break;
            case "hang":
                await HangAsync(context);
                break;
            default:
                await RespondAsync(context, payload["value"]?.ToJsonString() ?? "null");
                break;
        }
    }

    private async Task TokenAsync(HttpContext context)
    {
        JsonObject payload = await ReadAsync(context);
        TokenArrived(Header(context, "x-stepflow-execution-arn"), payload);
        await RespondAsync(context, "{}");
    }

    private async Task HangAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        context.Abort();
    }

    private static async Task<JsonObject> ReadAsync(HttpContext context) =>
        (JsonObject)(await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;

    private static string Header(HttpContext context, string name) => context.Request.Headers[name].ToString();

    private static Task RespondAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json), context.RequestAborted).AsTask();
    }
}
