using System.Collections.Frozen;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;

namespace StepFlow.Local.Client;

/// <summary>The client of a server's REST API.</summary>
internal sealed class ServerClient : IDisposable
{
    /// <summary>The action to suggest if the server's message, which is AWS's, does not contain one.</summary>
    private static readonly FrozenDictionary<string, string> Remedies = new Dictionary<string, string>
    {
        ["StateMachineDoesNotExist"] = "To list them: stepflow list",
        ["ExecutionDoesNotExist"] = "To list them: stepflow list MACHINE",
        ["ActivityDoesNotExist"] = "To list activities: stepflow activities list. To create one: stepflow activities create NAME",
        ["InvalidName"] = "A name has 1 to 80 letters, digits, hyphens and underscores.",
        ["InvalidToken"] = "Use the token that the task was called with. It is valid until the task has ended.",
    }.ToFrozenDictionary();

    private readonly HttpClient _http;
    private readonly string _server;
    private readonly ServerCredentials _credentials;

    /// <exception cref="CommandException">The URL is not valid.</exception>
    public ServerClient(string server, TimeProvider time)
    {
        if (!Uri.TryCreate(server.TrimEnd('/') + "/", UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            throw new CommandException(ExitCodes.Usage, $"--server {server} is not a URL such as http://127.0.0.1:7071.");
        }

        _server = server;
        _http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromMinutes(2) };
        _credentials = ServerCredentials.Read(url, Environment.GetEnvironmentVariable, time);
    }

    public Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Reads a resource that may not exist. Null if the server returns 404.</summary>
    public async Task<JsonObject?> FindAsync(string path, CancellationToken cancellationToken)
    {
        (HttpStatusCode status, JsonObject? response) = await ExchangeAsync(HttpMethod.Get, path, null, cancellationToken);
        return status == HttpStatusCode.NotFound && response?["error"] is JsonString ? null : Accept(status, response);
    }

    public Task<JsonObject> PatchAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, path, body.ToUtf8(), cancellationToken);

    public Task<JsonObject> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, path, null, cancellationToken);

    public Task<JsonObject> PostAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body.ToUtf8(), cancellationToken);

    /// <summary>Makes a request that may have been made before. Null if the server rejects it with that error.</summary>
    public async Task<JsonObject?> PostUnlessAsync(string path, JsonObject body, string error, CancellationToken cancellationToken)
    {
        (HttpStatusCode status, JsonObject? response) = await ExchangeAsync(HttpMethod.Post, path, body.ToUtf8(), cancellationToken);
        return response?["error"] is JsonString { Value: var code } && code == error ? null : Accept(status, response);
    }

    /// <summary>A member that a response always has.</summary>
    /// <exception cref="CommandException">The member is missing, so the server is not a StepFlow server.</exception>
    public T Member<T>(JsonObject response, string name)
        where T : JsonValue => response[name] as T ?? throw new CommandException(ExitCodes.Refused, $"{_server} is not a StepFlow server: its response has no {name}.");

    public void Dispose() => _http.Dispose();

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        (HttpStatusCode status, JsonObject? response) = await ExchangeAsync(method, path, body, cancellationToken);
        return Accept(status, response);
    }

    private async Task<(HttpStatusCode Status, JsonObject? Response)> ExchangeAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        using var sent = new HttpRequestMessage(method, new Uri(_http.BaseAddress!, path));
        if (body is not null)
        {
            sent.Content = new ByteArrayContent(body);
            sent.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        _credentials.AddTo(sent, body);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(sent, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw e.InnerException is AuthenticationException certificate
                ? new CommandException(ExitCodes.ServerUnreachable, $"The certificate of {_server} is not trusted: {certificate.Message}", e)
                : new CommandException(ExitCodes.ServerUnreachable, $"No server responds at {_server} ({(e.InnerException ?? e).Message}). Start one with: stepflow serve", e);
        }

        using (response)
        {
            return (response.StatusCode, JsonValue.ParseOrNull(await response.Content.ReadAsStringAsync(cancellationToken)) as JsonObject);
        }
    }

    private JsonObject Accept(HttpStatusCode status, JsonObject? response)
    {
        if ((int)status is >= 200 and < 300 && response is not null)
        {
            return response;
        }

        string code = (response?["error"] as JsonString)?.Value ?? $"HTTP {(int)status}";
        string message = (response?["message"] as JsonString)?.Value ?? $"{_server} is not a StepFlow server.";
        string hint = status is HttpStatusCode.Unauthorized
            ? $" The server requires an access key. Set {ServerCredentials.KeyIdVariable} and {ServerCredentials.SecretVariable} (on Azure {ServerCredentials.FunctionKeyVariable}), or {ServerCredentials.TokenVariable} if you sign in."
            : Remedies.GetValueOrDefault(code) is { } remedy ? " " + remedy
            : string.Empty;
        throw new CommandException(ExitCodes.Refused, $"{code}: {message}{hint}");
    }
}
