using System.Net.Http.Headers;
using System.Text;
using Azure.Core;

namespace StepFlow.Integrations.Http;

/// <summary>Authorises calls as a connection's settings define.</summary>
internal sealed class HttpConnection(HttpConnectionOptions options, IHttpClientFactory http, TokenCredential credential, TimeProvider time)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);
    private volatile BearerToken? _token;

    public IEnumerable<KeyValuePair<string, string>> QueryParameters => options.QueryParameters;

    public async Task ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach ((string name, string value) in options.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        switch (options.Authorization)
        {
            case HttpAuthorization.Basic:
                string pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.UserName}:{options.Password}"));
                request.Headers.Authorization = new("Basic", pair);
                break;
            case HttpAuthorization.ApiKey:
                request.Headers.TryAddWithoutValidation(options.ApiKeyName!, options.ApiKeyValue);
                break;
            case HttpAuthorization.OAuthClientCredentials:
                request.Headers.Authorization = new("Bearer", await TokenAsync(cancellationToken));
                break;
            case HttpAuthorization.ManagedIdentity:
                AccessToken token = await credential.GetTokenAsync(new TokenRequestContext([options.Scope!]), cancellationToken);
                request.Headers.Authorization = new("Bearer", token.Token);
                break;
        }
    }

    // Two calls at the same time may both fetch a token. Both tokens can be used.
    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_token is { } known && now < known.End)
        {
            return known.Text;
        }

        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = options.ClientId!,
            ["client_secret"] = options.ClientSecret!,
        };
        if (options.Scope is { } scope)
        {
            form["scope"] = scope;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, options.TokenEndpoint) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using HttpClient client = http.CreateClient(HttpInvoke.TokenClientName);
        using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var json = JsonValue.ParseOrNull(await response.Content.ReadAsStringAsync(cancellationToken)) as JsonObject;
        if (json?["access_token"] is not JsonString token)
        {
            throw new HttpRequestException("The token endpoint responded without access_token.");
        }

        long seconds = json["expires_in"] is JsonNumber lifetime && lifetime.TryGetInt64(out long value) ? value : 300;
        _token = new(token.Value, now + TimeSpan.FromSeconds(seconds) - Margin);
        return token.Value;
    }

    private sealed record BearerToken(string Text, DateTimeOffset End);
}
