using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace StepFlow.Integrations.Signatures;

/// <summary>AWS Signature Version 4, header form: the common code of signing and verifying.</summary>
public static class SignatureV4
{
    /// <summary>The prefix of the header Authorization.</summary>
    public const string Algorithm = "AWS4-HMAC-SHA256";
    /// <summary>The form of the header X-Amz-Date.</summary>
    public const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The signature of a request, in hexadecimal.</summary>
    /// <param name="secret">The key's secret.</param>
    /// <param name="date">The request's date, as its header has it.</param>
    /// <param name="scope">Day, region, service and <c>aws4_request</c>, separated by slashes.</param>
    /// <param name="names">The names of the headers that are signed, in order.</param>
    public static string Sign(string secret, string date, string scope, SignedRequest request, IReadOnlyList<string> names)
    {
        string toSign = $"{Algorithm}\n{date}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(Canonical(request, names)))}";
        byte[] key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), Mac);
        return Convert.ToHexStringLower(Mac(key, toSign));
    }

    /// <summary>An instant as the date header has it.</summary>
    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture);

    private static string Canonical(SignedRequest request, IReadOnlyList<string> names)
    {
        var text = new StringBuilder()
            .Append(request.Method).Append('\n')
            .Append(CanonicalPath(request.Path)).Append('\n')
            .Append(CanonicalQuery(request.Query)).Append('\n');
        foreach (string name in names)
        {
            text.Append(name).Append(':').Append(Trim(request.Header(name) ?? string.Empty)).Append('\n');
        }

        return text.Append('\n').AppendJoin(';', names).Append('\n').Append(Hash(request.Body.Span)).ToString();
    }

    /// <summary>Each part is encoded once more than in the request (for all services except S3).</summary>
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

    /// <summary>Removes white space around a value, and replaces white space inside it by one blank.</summary>
    private static string Trim(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Hash(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data));

    private static byte[] Mac(byte[] key, string data) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(data));
}
