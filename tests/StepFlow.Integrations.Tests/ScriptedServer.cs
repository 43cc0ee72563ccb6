using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace StepFlow.Integrations.Tests;

/// <summary>An HTTP server with scripted responses to each request, in order; the last response is repeated. It notes what it was asked.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Queue<ScriptedResponse>> _responses = new(StringComparer.Ordinal);
    private readonly TestServer _server;

    private ScriptedServer(Func<ScriptedServer, TestServer> server) => _server = server(this);

    public string Url => _server.Url;

    /// <summary>The requests: method, path with query, and body.</summary>
    public ConcurrentQueue<(string Line, string Body)> Requests { get; } = new();

    /// <summary>The values that the header Authorization had.</summary>
    public ConcurrentQueue<string> Authorizations { get; } = new();

    /// <summary>Called for each request before the response: method and path.</summary>
    public Action<string> Receiving { get; set; } = static _ => { };

    /// <summary>The requests' methods and paths.</summary>
    public string[] Lines => [.. Requests.Select(static request => request.Line)];

    public static async Task<ScriptedServer> StartAsync()
    {
        ScriptedServer? self = null;
        TestServer server = await TestServer.StartAsync(context => self!.RespondAsync(context));
        return self = new(_ => server);
    }

    /// <summary>Adds responses to a request: <c>GET /path</c>, without its query.</summary>
    public ScriptedServer On(string line, params ScriptedResponse[] responses)
    {
        foreach (ScriptedResponse response in responses)
        {
            _responses.GetOrAdd(line, static _ => new()).Enqueue(response);
        }

        return this;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task RespondAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        string line = $"{context.Request.Method} {context.Request.Path}";
        Requests.Enqueue((line + context.Request.QueryString, await reader.ReadToEndAsync(context.RequestAborted)));
        Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
        Receiving(line);
        ScriptedResponse response = new(404, """{"error":{"code":"NotFound","message":"no such path"}}""");
        if (_responses.TryGetValue(line, out Queue<ScriptedResponse>? responses))
        {
            lock (responses)
            {
                response = responses.Count > 1 ? responses.Dequeue() : responses.Peek();
            }
        }

        context.Response.StatusCode = response.Status;
        foreach ((string name, string value) in response.Headers)
        {
            context.Response.Headers[name] = value.Replace("{url}", Url, StringComparison.Ordinal);
        }

        if (response.Body.Length > 0)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(response.Body, context.RequestAborted);
        }
    }
}

/// <summary>One response.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body; empty for none.</param>
/// <param name="Headers">Headers; <c>{url}</c> is replaced by the server's address.</param>
internal sealed record ScriptedResponse(int Status, string Body = "", params (string Name, string Value)[] Headers);
