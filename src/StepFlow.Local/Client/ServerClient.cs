using System.Net.Http.Headers;
using System.Text;
using StepFlow.Language.Json;
using StepFlow.Local.Failures;

namespace StepFlow.Local.Client;

/// <summary>Talks to a server's REST face.</summary>
internal sealed class ServerClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _server;

    /// <exception cref="CommandException">The URL is none.</exception>
    public ServerClient(string server)
    {
        if (!Uri.TryCreate(server.TrimEnd('/') + "/", UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            throw new CommandException(ExitCodes.Usage, $"--server {server} is not a URL such as http://127.0.0.1:7071.");
        }

        _server = server;
        _http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromMinutes(2) };
        if (Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID") is { Length: > 0 } id
            && Environment.GetEnvironmentVariable("AWS_SECRET_ACCESS_KEY") is { Length: > 0 } secret)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));
        }
    }

    public Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    public Task<JsonObject> PostAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(body.ToUtf8());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonObject> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using HttpRequestMessage sent = request;
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(sent, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandException(
                ExitCodes.ServerUnreachable,
                $"No server answers at {_server} ({(e.InnerException ?? e).Message}). Start one with: stepflow serve",
                e);
        }

        using (response)
        {
            var body = JsonValue.ParseOrNull(await response.Content.ReadAsStringAsync(cancellationToken)) as JsonObject;
            if (response.IsSuccessStatusCode && body is not null)
            {
                return body;
            }

            string code = (body?["error"] as JsonString)?.Value ?? $"HTTP {(int)response.StatusCode}";
            string message = (body?["message"] as JsonString)?.Value ?? $"{_server} does not answer like a StepFlow server.";
            throw new CommandException(ExitCodes.Refused, $"{code}: {message}");
        }
    }
}
