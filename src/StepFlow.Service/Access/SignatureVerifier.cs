using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StepFlow.Integrations.Signatures;

namespace StepFlow.Service.Access;

/// <summary>Verifies AWS Signature Version 4 (header form), as every AWS client signs.</summary>
internal sealed class SignatureVerifier(AccessKeys keys, TimeProvider time)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Checks that a request was signed with one of the keys, not long ago, and was not changed since.</summary>
    public AccessDecision Verify(SignedRequest request)
    {
        if (!keys.IsRequired)
        {
            return default;
        }

        if (Read(request, out GivenSignature given) is { } incomplete)
        {
            return new(null, incomplete);
        }

        if (keys.Find(given.KeyId) is not { } key)
        {
            return new(null, AccessErrors.UnknownKey);
        }

        ApiError? error = CheckTime(given) ?? (Covers(given, request) && IsGenuine(given, key, request) ? null : AccessErrors.Mismatch);
        return error is null ? new(key, null) : new(null, error);
    }

    private static ApiError? Read(SignedRequest request, out GivenSignature given)
    {
        given = default;
        if (request.Header("authorization") is not { Length: > 0 } authorization)
        {
            return AccessErrors.MissingToken;
        }

        if (!authorization.StartsWith(SignatureV4.Algorithm + " ", StringComparison.Ordinal))
        {
            return AccessErrors.Incomplete($"'{SignatureV4.Algorithm}'");
        }

        Dictionary<string, string> fields = Fields(authorization[(SignatureV4.Algorithm.Length + 1)..]);
        if (!fields.TryGetValue("Credential", out string? credential) || credential.Split('/') is not [var id, var day, _, _, "aws4_request"])
        {
            return AccessErrors.Incomplete("'Credential' parameter");
        }

        if (!fields.TryGetValue("Signature", out string? signature))
        {
            return AccessErrors.Incomplete("'Signature' parameter");
        }

        if (!fields.TryGetValue("SignedHeaders", out string? headers))
        {
            return AccessErrors.Incomplete("'SignedHeaders' parameter");
        }

        if (request.Header("x-amz-date") is not { } date
            || !DateTimeOffset.TryParseExact(date, SignatureV4.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            return AccessErrors.Incomplete("existence of either a 'X-Amz-Date' or a 'Date' header");
        }

        given = new(id, day, credential[(id.Length + 1)..], headers.Split(';'), signature, date, time);
        return null;
    }

    private ApiError? CheckTime(GivenSignature given)
    {
        DateTimeOffset now = time.GetUtcNow();
        return given.Time < now - Skew ? AccessErrors.Expired(given.Date, SignatureV4.Text(now - Skew), SignatureV4.Text(now))
            : given.Time > now + Skew ? AccessErrors.NotYetCurrent(given.Date, SignatureV4.Text(now + Skew), SignatureV4.Text(now))
            : null;
    }

    // The host, the date and the operation must be signed. Otherwise they could be exchanged.
    private static bool Covers(GivenSignature given, SignedRequest request) =>
        given.Date.StartsWith(given.Day, StringComparison.Ordinal)
        && given.Headers.Contains("host")
        && given.Headers.Contains("x-amz-date")
        && (request.Header("x-amz-target") is null || given.Headers.Contains("x-amz-target"));

    private static bool IsGenuine(GivenSignature given, AccessKey key, SignedRequest request) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(SignatureV4.Sign(key.Secret, given.Date, given.Scope, request, given.Headers)), Encoding.ASCII.GetBytes(given.Signature));

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

    /// <summary>The signature in a request.</summary>
    /// <param name="Day">The day of the credential's scope.</param>
    /// <param name="Scope">The credential's scope: day, region, service, and the end <c>aws4_request</c>.</param>
    /// <param name="Headers">The names of the signed headers.</param>
    private readonly record struct GivenSignature(string KeyId, string Day, string Scope, string[] Headers, string Signature, string Date, DateTimeOffset Time);
}
