namespace StepFlow.Service.Access;

/// <summary>Signs requests to a server (AWS Signature Version 4), so that the secret never leaves the caller.</summary>
/// <param name="id">The access key's id.</param>
/// <param name="secret">The access key's secret.</param>
/// <param name="time">The clock; a server refuses dates that are more than five minutes off.</param>
public sealed class RequestSigner(string id, string secret, TimeProvider time)
{
    // A server reads the region and the service only as parts of what is signed.
    private const string Scope = "us-east-1/states/aws4_request";

    /// <summary>The headers that a request needs besides its own.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="url">The URL, encoded as it will be sent.</param>
    /// <param name="body">The body; empty for none.</param>
    public IReadOnlyList<(string Name, string Value)> Sign(string method, Uri url, ReadOnlyMemory<byte> body)
    {
        string date = SignatureV4.Text(time.GetUtcNow());
        string scope = $"{date[..8]}/{Scope}";
        string host = url.Authority;
        var request = new SignedRequest(method, url.AbsolutePath, url.Query.TrimStart('?'), name => name == "host" ? host : date, body);
        string signature = SignatureV4.Sign(secret, date, scope, request, ["host", "x-amz-date"]);
        return
        [
            ("X-Amz-Date", date),
            ("Authorization", $"{SignatureV4.Algorithm} Credential={id}/{scope}, SignedHeaders=host;x-amz-date, Signature={signature}"),
        ];
    }
}
