using System.IO.Compression;
using System.Security.Cryptography;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Orchestration;

/// <summary>Turns values into messages and back. Pure, so that orchestrators may call it.</summary>
internal static class PayloadCodec
{
    /// <summary>Texts up to this length travel as they are.</summary>
    public const int TextBytes = 8 * 1024;

    /// <summary>Compressed bytes up to this length travel in the message: base64 makes four bytes of three, and several payloads share a message of 64 KiB.</summary>
    public const int PackedBytes = 12 * 1024;

    /// <summary>How many bytes of a stored payload one message carries.</summary>
    public const int PartBytes = 36 * 1024;

    /// <summary>A payload that fits into a message; null where it must be stored first, as <paramref name="stored"/>.</summary>
    public static Payload? TryInline(JsonValue value, out byte[] stored)
    {
        stored = [];
        if (value.Utf8Length <= TextBytes)
        {
            return new() { Text = value.ToString() };
        }

        byte[] packed = Compress(value.ToUtf8());
        if (packed.Length <= PackedBytes)
        {
            return new() { Packed = Convert.ToBase64String(packed) };
        }

        stored = packed;
        return null;
    }

    /// <summary>The payload under which stored bytes are found again.</summary>
    public static Payload Reference(byte[] stored) =>
        new() { Hash = Convert.ToHexStringLower(SHA256.HashData(stored)), Length = stored.Length };

    /// <summary>The value of a payload that carries it itself; null where it has to be fetched.</summary>
    public static JsonValue? TryRead(Payload payload) => payload switch
    {
        { Text: { } text } => JsonValue.Parse(text),
        { Packed: { } packed } => JsonValue.Parse(Decompress(Convert.FromBase64String(packed))),
        _ => null,
    };

    /// <summary>Compresses bytes; the same bytes always give the same result on one version of the app.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }

    /// <summary>Undoes <see cref="Compress"/>.</summary>
    public static byte[] Decompress(byte[] bytes)
    {
        using var source = new GZipStream(new MemoryStream(bytes, writable: false), CompressionMode.Decompress);
        using var target = new MemoryStream();
        source.CopyTo(target);
        return target.ToArray();
    }
}
