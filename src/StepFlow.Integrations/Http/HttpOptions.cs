namespace StepFlow.Integrations.Http;

/// <summary>
/// What <c>http:invoke</c> may reach. Settings: <c>StepFlow:Http:…</c>. By default any public host over HTTPS, and nothing
/// inside the own network: a definition, or data in it, decides the address, so it could otherwise be made to read
/// metadata endpoints and internal services.
/// </summary>
public sealed class HttpOptions
{
    /// <summary>
    /// The hosts that tasks can call; empty for every public host. <c>api.example.com</c>, <c>*.example.com</c> (and below),
    /// each with an optional <c>:port</c>. A host with its full name in this list can also be in a private network, and can
    /// be called over plain HTTP.
    /// </summary>
    public IList<string> AllowedHosts { get; init; } = [];

    /// <summary>Maximum seconds of a call: 1 to 3600, by default 60, as in Step Functions. After that the error is <c>States.Http.Socket</c>.</summary>
    public int TimeoutSeconds { get; set; } = 60;

    /// <summary>Maximum bytes of a response: 1 to 100 MiB, by default 6 MiB.</summary>
    public int MaxResponseBytes { get; set; } = 6 * 1024 * 1024;

    /// <summary>The URLs of the endpoints of <c>apigateway:invoke</c>: ApiEndpoint → URL. An endpoint that is not listed is called by its own name over HTTPS.</summary>
    public IDictionary<string, Uri> ApiEndpoints { get; init; } = new Dictionary<string, Uri>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Named connections: how calls are authorised. A ConnectionArn means the connection of its name.</summary>
    public IDictionary<string, HttpConnectionOptions> Connections { get; init; } = new Dictionary<string, HttpConnectionOptions>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>How calls over a connection are authorised, as an EventBridge connection is. Settings: <c>StepFlow:Http:Connections:NAME:…</c>.</summary>
public sealed class HttpConnectionOptions
{
    /// <summary>The kind of authorisation; by default none.</summary>
    public HttpAuthorization Authorization { get; set; }

    /// <summary>The user name of <see cref="HttpAuthorization.Basic"/>.</summary>
    public string? UserName { get; set; }

    /// <summary>The password of <see cref="HttpAuthorization.Basic"/>.</summary>
    public string? Password { get; set; }

    /// <summary>The header of <see cref="HttpAuthorization.ApiKey"/>.</summary>
    public string? ApiKeyName { get; set; }

    /// <summary>The value of <see cref="HttpAuthorization.ApiKey"/>.</summary>
    public string? ApiKeyValue { get; set; }

    /// <summary>Where <see cref="HttpAuthorization.OAuthClientCredentials"/> gets its token.</summary>
    public Uri? TokenEndpoint { get; set; }

    /// <summary>The client of <see cref="HttpAuthorization.OAuthClientCredentials"/>.</summary>
    public string? ClientId { get; set; }

    /// <summary>The secret of <see cref="HttpAuthorization.OAuthClientCredentials"/>.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>The scope of <see cref="HttpAuthorization.OAuthClientCredentials"/> or <see cref="HttpAuthorization.ManagedIdentity"/>.</summary>
    public string? Scope { get; set; }

    /// <summary>Headers added to each call.</summary>
    public IDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Query parameters added to each call.</summary>
    public IDictionary<string, string> QueryParameters { get; init; } = new Dictionary<string, string>();
}

/// <summary>The kinds of authorisation of a connection.</summary>
public enum HttpAuthorization
{
    /// <summary>None.</summary>
    None,

    /// <summary>User name and password.</summary>
    Basic,

    /// <summary>A key in a header.</summary>
    ApiKey,

    /// <summary>OAuth 2.0, client credentials.</summary>
    OAuthClientCredentials,

    /// <summary>A token of the managed identity.</summary>
    ManagedIdentity,
}
