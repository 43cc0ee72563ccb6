using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace StepFlow.Service.Pages;

/// <summary>
/// Makes and reads page tokens: opaque, authenticated, bound to the list they continue. They hold wherever the secret is
/// the same, so they survive a restart.
/// </summary>
internal sealed class PageTokens(ServiceSecret secret)
{
    private const int TagLength = 16;

    /// <summary>The token of a position in a list.</summary>
    /// <param name="list">The operation and its filters.</param>
    /// <param name="position">Where the page ended.</param>
    public async ValueTask<string> CreateAsync(string list, string position, CancellationToken cancellationToken)
    {
        byte[] key = await secret.GetAsync(cancellationToken);
        byte[] payload = Encoding.UTF8.GetBytes(position);
        byte[] token = new byte[TagLength + payload.Length];
        Sign(key, list, payload, token);
        payload.CopyTo(token, TagLength);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The position of a token; null for no token.</summary>
    /// <exception cref="ApiException"><c>InvalidToken</c>: the token is not genuine, or belongs to another list.</exception>
    public async ValueTask<string?> ReadAsync(string list, string? token, CancellationToken cancellationToken)
    {
        if (token is null)
        {
            return null;
        }

        if (!Base64Url.IsValid(token))
        {
            throw ApiErrors.InvalidToken();
        }

        byte[] bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length < TagLength)
        {
            throw ApiErrors.InvalidToken();
        }

        byte[] key = await secret.GetAsync(cancellationToken);
        byte[] expected = new byte[TagLength];
        Sign(key, list, bytes.AsSpan(TagLength), expected);
        return CryptographicOperations.FixedTimeEquals(expected, bytes.AsSpan(0, TagLength))
            ? Encoding.UTF8.GetString(bytes, TagLength, bytes.Length - TagLength)
            : throw ApiErrors.InvalidToken();
    }

    private static void Sign(byte[] key, string list, ReadOnlySpan<byte> payload, Span<byte> tag)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(list));
        hmac.AppendData([0]);
        hmac.AppendData(payload);
        Span<byte> full = stackalloc byte[32];
        hmac.GetHashAndReset(full);
        full[..TagLength].CopyTo(tag);
    }
}
