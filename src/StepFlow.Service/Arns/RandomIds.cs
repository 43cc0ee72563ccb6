using System.Security.Cryptography;

namespace StepFlow.Service.Arns;

/// <summary>Random UUIDs (RFC 9562, version 4) from the system's cryptographic source. Many are drawn together, because each request needs some.</summary>
internal static class RandomIds
{
    private const int Bytes = 16;
    private const int Count = 64;

    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _left;

    /// <summary>The next one, in its canonical lower-case text.</summary>
    public static string Next()
    {
        _random ??= new byte[Bytes * Count];
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(_random);
            _left = Count;
        }

        Span<byte> id = _random.AsSpan(--_left * Bytes, Bytes);
        id[6] = (byte)((id[6] & 0x0F) | 0x40);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        string text = new Guid(id, bigEndian: true).ToString("D");
        id.Clear();
        return text;
    }
}
