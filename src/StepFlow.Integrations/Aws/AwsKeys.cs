using System.Xml.Linq;
using Azure.Core;
using StepFlow.Integrations.Http;
using StepFlow.Integrations.Signatures;

namespace StepFlow.Integrations.Aws;

/// <summary>Finds the access key of an account: in the settings, from a role, or in the environment.</summary>
internal sealed class AwsKeys(string account, AwsAccountOptions options, AwsEnvironment environment, IHttpClientFactory http, TokenCredential credential, TimeProvider time)
{
    private const int MaxBytes = 64 * 1024;
    private const string SessionName = "stepflow";

    /// <summary>How long before its end a key is replaced.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private volatile TemporaryKey? _temporary;

    /// <summary>The key to sign with now.</summary>
    /// <exception cref="InvalidOperationException">There is no key.</exception>
    /// <exception cref="TaskOutageException">The role's key cannot be had now.</exception>
    public async Task<SigningKey> FindAsync(CancellationToken cancellationToken) =>
        options.RoleArn is { } role ? await OfRoleAsync(role, cancellationToken)
        : options is { AccessKeyId: { } id, SecretAccessKey: { } secret } ? new(id, secret, options.SessionToken)
        : environment.Read(AwsEnvironment.KeyId) is { } ownId && environment.Read(AwsEnvironment.Secret) is { } ownSecret
            ? new(ownId, ownSecret, environment.Read(AwsEnvironment.SessionToken))
        : throw new InvalidOperationException(AwsErrors.NoKey(account));

    // Two calls at the same time may both fetch a key. Both keys can be used.
    private async Task<SigningKey> OfRoleAsync(string role, CancellationToken cancellationToken)
    {
        if (_temporary is { } known && time.GetUtcNow() < known.End)
        {
            return known.Key;
        }

        AccessToken token = await credential.GetTokenAsync(new TokenRequestContext([options.Audience + "/.default"]), cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Endpoint ?? AwsProtocol.Address("sts", options.Region ?? environment.Region!))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["Action"] = "AssumeRoleWithWebIdentity",
                ["Version"] = "2011-06-15",
                ["RoleArn"] = role,
                ["RoleSessionName"] = SessionName,
                ["WebIdentityToken"] = token.Token,
            }),
        };
        using HttpClient client = http.CreateClient(AwsClient.ClientName);
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        byte[] body = await BoundedContent.ReadAsync(response.Content, MaxBytes, cancellationToken) ?? [];
        XElement? document = body.Length == 0 ? null : Parse(body);
        if (!response.IsSuccessStatusCode)
        {
            string reason = $"The host's identity cannot assume the role '{role}': {Text(document, "Code") ?? response.StatusCode.ToString()}: {Text(document, "Message") ?? "no message"}";
            throw Outages.IsOutage((int)response.StatusCode) ? new TaskOutageException(reason) : new InvalidOperationException(reason);
        }

        if (Text(document, "AccessKeyId") is not { } id || Text(document, "SecretAccessKey") is not { } secret || !DateTimeOffset.TryParse(Text(document, "Expiration"), System.Globalization.CultureInfo.InvariantCulture, out DateTimeOffset end))
        {
            throw new TaskOutageException("AWS returned no key for the role.");
        }

        _temporary = new(new(id, secret, Text(document, "SessionToken")), end - Margin);
        return _temporary.Key;
    }

    private static XElement? Parse(byte[] body)
    {
        try
        {
            using var text = new MemoryStream(body, writable: false);
            return XElement.Load(text);
        }
        catch (System.Xml.XmlException)
        {
            return null;
        }
    }

    private static string? Text(XElement? document, string name) => document?.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    private sealed record TemporaryKey(SigningKey Key, DateTimeOffset End);
}
