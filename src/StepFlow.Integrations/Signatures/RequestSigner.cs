namespace StepFlow.Integrations.Signatures;

/// <summary>Signs requests (AWS Signature Version 4, header form), so that the secret never leaves the caller.</summary>
/// <param name="key">The access key.</param>
/// <param name="region">The region that is called.</param>
/// <param name="service">The service's name in signatures (<c>dynamodb</c>).</param>
/// <param name="time">The clock; a service refuses dates that are more than five minutes off.</param>
public sealed class RequestSigner(SigningKey key, string region, string service, TimeProvider time)
{
    private const string Host = "host";
    private const string Date = "x-amz-date";
    private const string Token = "x-amz-security-token";

    /// <summary>The headers to add to a request.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="url">The URL, encoded as it will be sent.</param>
    /// <param name="body">The body; empty for none.</param>
    /// <param name="own">Headers of the request that the signature covers too.</param>
    public IReadOnlyList<(string Name, string Value)> Sign(string method, Uri url, ReadOnlyMemory<byte> body, params IEnumerable<(string Name, string Value)> own)
    {
        string date = SignatureV4.Text(time.GetUtcNow());
        string scope = $"{date[..8]}/{region}/{service}/aws4_request";
        var signed = own.ToDictionary(static header => header.Name.ToLowerInvariant(), static header => header.Value, StringComparer.Ordinal);
        signed[Host] = url.Authority;
        signed[Date] = date;
        if (key.SessionToken is { } token)
        {
            signed[Token] = token;
        }

        string[] names = [.. signed.Keys.Order(StringComparer.Ordinal)];
        var request = new SignedRequest(method, url.AbsolutePath, url.Query.TrimStart('?'), signed.GetValueOrDefault, body);
        string signature = SignatureV4.Sign(key.Secret, date, scope, request, names);
        return
        [
            ("X-Amz-Date", date),
            .. key.SessionToken is { } session ? [("X-Amz-Security-Token", session)] : Array.Empty<(string, string)>(),
            ("Authorization", $"{SignatureV4.Algorithm} Credential={key.Id}/{scope}, SignedHeaders={string.Join(';', names)}, Signature={signature}"),
        ];
    }
}
