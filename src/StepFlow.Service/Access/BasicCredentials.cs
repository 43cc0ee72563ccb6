using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace StepFlow.Service.Access;

/// <summary>A key's id and secret sent as they are (HTTP Basic), for callers without an AWS client.</summary>
internal sealed record BasicCredentials(string Id, string Secret)
{
    private const string Scheme = "Basic ";

    /// <summary>The credentials of a request; null where it has none of this sort.</summary>
    public static BasicCredentials? Read(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Scheme.Length..].Trim(), bytes, out int length))
        {
            return new(string.Empty, string.Empty);
        }

        string[] parts = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return new(parts[0], parts.Length > 1 ? parts[1] : string.Empty);
    }

    /// <summary>Checks whether they are those of an access key.</summary>
    public AccessDecision Check(AccessKeys keys)
    {
        if (!keys.IsRequired)
        {
            return default;
        }

        return keys.Find(Id) is { } key && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key.Secret), Encoding.UTF8.GetBytes(Secret))
            ? new(key, null)
            : new(null, AccessErrors.UnknownKey);
    }

    public override string ToString() => Id;
}
