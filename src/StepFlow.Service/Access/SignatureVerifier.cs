using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace StepFlow.Service.Access;

/// <summary>Verifies AWS Signature Version 4 (header form), as every AWS client signs.</summary>
public sealed class SignatureVerifier(AccessKeys keys, TimeProvider time)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Whether a request was signed with one of the keys, not long ago, and not altered since.</summary>
    public AccessDecision Verify(SignedRequest request)
    {
        if (!keys.IsRequired)
        {
            return default;
        }

        if (request.Header("authorization") is not { Length: > 0 } authorization)
        {
            return new(null, AccessErrors.MissingToken);
        }

        if (!authorization.StartsWith(Algorithm + " ", StringComparison.Ordinal))
        {
            return new(null, AccessErrors.Incomplete($"'{Algorithm}'"));
        }

        Dictionary<string, string> fields = Fields(authorization[(Algorithm.Length + 1)..]);
        if (!fields.TryGetValue("Credential", out string? credential) || credential.Split('/') is not [var id, var day, var region, var service, "aws4_request"])
        {
            return new(null, AccessErrors.Incomplete("'Credential' parameter"));
        }

        if (!fields.TryGetValue("Signature", out string? signature))
        {
            return new(null, AccessErrors.Incomplete("'Signature' parameter"));
        }

        if (!fields.TryGetValue("SignedHeaders", out string? signedHeaders))
        {
            return new(null, AccessErrors.Incomplete("'SignedHeaders' parameter"));
        }

        if (request.Header("x-amz-date") is not { } date
            || !DateTimeOffset.TryParseExact(date, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset signed))
        {
            return new(null, AccessErrors.Incomplete("existence of either a 'X-Amz-Date' or a 'Date' header"));
        }

        if (keys.Find(id) is not { } key)
        {
            return new(null, AccessErrors.UnknownKey);
        }

        DateTimeOffset now = time.GetUtcNow();
        if (signed < now - Skew)
        {
            return new(null, AccessErrors.Expired(date, Text(now - Skew), Text(now)));
        }

        if (signed > now + Skew)
        {
            return new(null, AccessErrors.NotYetCurrent(date, Text(now + Skew), Text(now)));
        }

        // The host, the date and the operation have to be covered, or they could be exchanged.
        string[] names = signedHeaders.Split(';');
        if (!date.StartsWith(day, StringComparison.Ordinal) || !names.Contains("host") || !names.Contains("x-amz-date")
            || (request.Header("x-amz-target") is not null && !names.Contains("x-amz-target")))
        {
            return new(null, AccessErrors.Mismatch);
        }

        string scope = $"{day}/{region}/{service}/aws4_request";
        string toSign = $"{Algorithm}\n{date}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(Canonical(request, names, signedHeaders)))}";
        byte[] signing = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + key.Secret), day), region), service), "aws4_request");
        byte[] expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Mac(signing, toSign)));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.ASCII.GetBytes(signature))
            ? new(key, null)
            : new(null, AccessErrors.Mismatch);
    }

    private static Dictionary<string, string> Fields(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string field in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int at = field.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
            {
                fields[field[..at]] = field[(at + 1)..];
            }
        }

        return fields;
    }

    private static string Canonical(SignedRequest request, string[] names, string signedHeaders)
    {
        var text = new StringBuilder()
            .Append(request.Method).Append('\n')
            .Append(CanonicalPath(request.Path)).Append('\n')
            .Append(CanonicalQuery(request.Query)).Append('\n');
        foreach (string name in names)
        {
            text.Append(name).Append(':').Append(Trim(request.Header(name) ?? string.Empty)).Append('\n');
        }

        return text.Append('\n').Append(signedHeaders).Append('\n').Append(Hash(request.Body.Span)).ToString();
    }

    /// <summary>Each part is encoded once more than it was sent (all services but S3).</summary>
    private static string CanonicalPath(string path) =>
        path.Length == 0 ? "/" : string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static string CanonicalQuery(string query) => string.Join('&', query
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Name: Encode(pair[0]), Value: Encode(pair.Length > 1 ? pair[1] : string.Empty)))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal)
        .ThenBy(pair => pair.Value, StringComparer.Ordinal)
        .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Encode(string part) => Uri.EscapeDataString(Uri.UnescapeDataString(part));

    /// <summary>White space around a value goes, and inside it counts once.</summary>
    private static string Trim(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture);

    private static string Hash(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data));

    private static byte[] Mac(byte[] key, string data) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(data));
}
