using Azure.Core;
using StepFlow.Integrations.Http;
using StepFlow.Integrations.Rest;

namespace StepFlow.Integrations.Secrets;

/// <summary>Reads secrets by their names in the settings: from the configuration or from Azure Key Vault (REST API, Get Secret).</summary>
internal sealed class SecretStore(
    IEnumerable<KeyValuePair<string, SecretOptions>> options, RestClient client, IHttpClientFactory http, TokenCredential credential, TimeProvider time)
{
    private const string ApiVersion = "7.4";

    private readonly Dictionary<string, SecretOptions> _secrets = new(options, StringComparer.Ordinal);

    /// <summary>A secret; null where no setting names it.</summary>
    /// <exception cref="InvalidOperationException">Key Vault refuses it; the message does not hold it.</exception>
    public async Task<SecretValue?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (!_secrets.TryGetValue(name, out SecretOptions? secret))
        {
            return null;
        }

        if (secret.KeyVaultUrl is not { } url)
        {
            return new(secret.Value ?? string.Empty, null, secret.Visible);
        }

        // In every cloud the audience is the host of the vault without the vault's name.
        string domain = url.IsLoopback ? url.Authority : url.Host[(url.Host.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var connection = new HttpConnectionOptions { Authorization = HttpAuthorization.ManagedIdentity, Scope = $"{url.Scheme}://{domain}/.default" };
        var target = new RestTarget(name, new() { Url = url.AbsoluteUri }, new(connection, http, credential, time));
        RestResponse? response = await client.SendAsync(target, new(HttpMethod.Get, new($"{url.AbsoluteUri}?api-version={ApiVersion}")), cancellationToken);
        if (response is not { IsSuccess: true, Body: JsonObject body } || body["value"] is not JsonString value)
        {
            string code = response?.Error?["code"] is JsonString text ? text.Value : "no code";
            throw new InvalidOperationException($"Key Vault did not return the secret '{name}': status {response?.Status ?? 0}, {code}. The app's identity needs the role Key Vault Secrets User.");
        }

        string? version = body["id"] is JsonString id ? id.Value[(id.Value.LastIndexOf('/') + 1)..] : null;
        return new(value.Value, version, secret.Visible);
    }
}
