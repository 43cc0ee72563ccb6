using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>
/// Functions behind URLs, for an app or a server in a process of its own. Each returns its arguments, but for those that
/// <see cref="RespondAsync"/> names.
/// </summary>
internal sealed class HttpTasks : IAsyncDisposable
{
    private const string IdempotencyKey = "Idempotency-Key";
    private const string ExecutionArn = "x-stepflow-execution-arn";
    private const string RetryCount = "x-stepflow-retry-count";
    private static readonly string[] Names = ["step", "a", "b", "item", "flaky", "busy", "broken", "odd", "slow", "token", "mended", "large"];
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Caller, string Key)> _calls = new();

    private HttpTasks(WebApplication server) => _server = server;

    /// <summary>The calls so far: who made them, by the name that its settings have, and the idempotency key.</summary>
    public IReadOnlyCollection<(string Caller, string Key)> Calls => _calls;

    /// <summary>Whether the function <c>mended</c> works now.</summary>
    public bool IsMended { get; set; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<HttpTasks> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication server = builder.Build();
        var tasks = new HttpTasks(server);
        server.MapPost("/{name}", tasks.RespondAsync);
        await server.StartAsync(Cancelled);
        return tasks;
    }

    /// <summary>The URLs of the functions, by their names.</summary>
    /// <param name="caller">Who calls.</param>
    public IReadOnlyDictionary<string, string> Urls(string caller) => Names.ToDictionary(static name => name, name => $"{_server.Urls.Single()}/{name}?caller={caller}");

    /// <summary>The app's settings that name the functions.</summary>
    /// <param name="caller">Who calls.</param>
    public IReadOnlyDictionary<string, string?> Settings(string caller = "app") => Urls(caller).ToDictionary(static pair => $"StepFlow:Functions:{pair.Key}:Url", static pair => (string?)pair.Value);

    /// <summary>Waits for the token that an execution gives the function <c>token</c>.</summary>
    public async Task<string> TokenAsync(string executionArn)
    {
        string? token;
        while (!_tokens.TryGetValue(executionArn, out token))
        {
            await Task.Delay(LookInterval, Cancelled);
        }

        return token;
    }

    /// <summary>Waits for a number of calls.</summary>
    public async Task UntilAsync(int calls)
    {
        while (_calls.Count < calls)
        {
            await Task.Delay(LookInterval, Cancelled);
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task RespondAsync(HttpContext context)
    {
        _calls.Enqueue((context.Request.Query["caller"].ToString(), context.Request.Headers[IdempotencyKey].ToString()));
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        JsonValue arguments = JsonValue.Parse(body.ToArray());
        int retries = int.Parse(context.Request.Headers[RetryCount].ToString(), CultureInfo.InvariantCulture);
        switch (context.Request.RouteValues["name"])
        {
            case "flaky" when retries == 0:
                await FailAsync(context, "Flaky", "The first call of this function fails.");
                break;
            case "busy" when retries < 2:
                await FailAsync(context, "Busy", "Try again.");
                break;
            case "busy":
                await ReturnAsync(context, JsonValue.Parse("""{"attempts":3}"""));
                break;
            case "broken":
                await FailAsync(context, "Broken", "By design.");
                break;
            case "odd" when arguments is JsonNumber number && number.ToString() is "1" or "3":
                await FailAsync(context, "Odd", "An odd number.");
                break;
            case "mended" when !IsMended:
                await FailAsync(context, "Unmended", "Not yet.");
                break;
            case "slow":
                await WaitAsync(context.RequestAborted);
                break;
            case "token":
                _tokens[context.Request.Headers[ExecutionArn].ToString()] = RemoteApp.Text((JsonObject)arguments, "token");
                await ReturnAsync(context, JsonObject.Empty);
                break;
            case "large":
                await ReturnAsync(context, new JsonString(new('x', int.Parse(arguments.ToString(), CultureInfo.InvariantCulture))));
                break;
            default:
                await ReturnAsync(context, arguments);
                break;
        }
    }

    private static async Task WaitAsync(CancellationToken aborted)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = aborted.Register(ended.SetResult);
        await ended.Task;
    }

    private static Task FailAsync(HttpContext context, string error, string message)
    {
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return ReturnAsync(context, JsonObject.Create(("errorType", error), ("errorMessage", message)));
    }

    private static async Task ReturnAsync(HttpContext context, JsonValue value)
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(value.ToUtf8(), context.RequestAborted);
    }
}
