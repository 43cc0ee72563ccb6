using System.Security.Cryptography;
using System.Text;

namespace StepFlow.Integrations.Responses;

/// <summary>Ids in the form of a UUID that are the same for every repetition of a call.</summary>
public static class RequestId
{
    /// <summary>The id of the request that a call makes.</summary>
    public static string For(string idempotencyKey) => Derive(idempotencyKey, "request");

    /// <summary>An id for one purpose of a call.</summary>
    public static string Derive(string idempotencyKey, string purpose)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(purpose + "\n" + idempotencyKey), hash);

        // RFC 9562, version 8: a UUID computed by the application.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString("D");
    }
}
