using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StepFlow.Integrations.Signatures;

namespace StepFlow.Service.Access;

/// <summary>Verifies AWS Signature Version 4 (header form), as every AWS client signs.</summary>
internal sealed class SignatureVerifier(AccessKeys keys, TimeProvider time)
{
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

        if (!authorization.StartsWith(SignatureV4.Algorithm + " ", StringComparison.Ordinal))
        {
            return new(null, AccessErrors.Incomplete($"'{SignatureV4.Algorithm}'"));
        }

        Dictionary<string, string> fields = Fields(authorization[(SignatureV4.Algorithm.Length + 1)..]);
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
            || !DateTimeOffset.TryParseExact(date, SignatureV4.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset signed))
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
            return new(null, AccessErrors.Expired(date, SignatureV4.Text(now - Skew), SignatureV4.Text(now)));
        }

        if (signed > now + Skew)
        {
            return new(null, AccessErrors.NotYetCurrent(date, SignatureV4.Text(now + Skew), SignatureV4.Text(now)));
        }

        // The host, the date and the operation have to be covered, or they could be exchanged.
        string[] names = signedHeaders.Split(';');
        if (!date.StartsWith(day, StringComparison.Ordinal) || !names.Contains("host") || !names.Contains("x-amz-date")
            || (request.Header("x-amz-target") is not null && !names.Contains("x-amz-target")))
        {
            return new(null, AccessErrors.Mismatch);
        }

        string scope = $"{day}/{region}/{service}/aws4_request";
        byte[] expected = Encoding.ASCII.GetBytes(SignatureV4.Sign(key.Secret, date, scope, request, names));
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
}
