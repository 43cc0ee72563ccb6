using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace StepFlow.Functions.Messages;

/// <summary>
/// Turns texts into messages and back. Pure, so that orchestrators may call it. The bounds are such that the fullest
/// message there is, a task's with its payloads and a chunk of history, stays below 64 KiB.
/// </summary>
internal static class PayloadCodec
{
    /// <summary>Texts up to this length travel as they are: in bytes, as a JSON string with its escapes.</summary>
    public const int TextBytes = 8 * 1024;

    /// <summary>Compressed bytes up to this length travel in the message, where base64 makes four bytes of three.</summary>
    public const int PackedBytes = 8 * 1024;

    /// <summary>
    /// How many bytes of a stored payload one activity moves: all of it, mostly. Base64 makes a third more of it, and
    /// Durable Task Scheduler refuses what is over 1 MB; Azure Storage keeps what is over 45 KB beside the queue.
    /// </summary>
    public const int PartBytes = 640 * 1024;

    /// <summary>The most parts of a value that a message refers to one by one: each takes some 150 bytes.</summary>
    public const int MaxInner = 16;

    /// <summary>A payload that fits into a message; null where it must be stored first, as <paramref name="stored"/>.</summary>
    public static Payload? TryInline(ReadOnlySpan<byte> utf8, out byte[] stored)
    {
        stored = [];
        if (utf8.Length <= TextBytes && JsonEncodedText.Encode(utf8).EncodedUtf8Bytes.Length <= TextBytes)
        {
            return new() { Text = Encoding.UTF8.GetString(utf8) };
        }

        byte[] packed = Compress(utf8);
        if (packed.Length <= PackedBytes)
        {
            return new() { Packed = packed };
        }

        stored = packed;
        return null;
    }

    /// <summary>The payload under which stored bytes are found again.</summary>
    public static Payload Reference(byte[] stored) =>
        new() { Hash = Convert.ToHexStringLower(SHA256.HashData(stored)), Length = stored.Length };

    /// <summary>The text of a payload that carries it itself, in UTF-8; null where it has to be fetched.</summary>
    public static byte[]? TryRead(Payload payload) => payload switch
    {
        { Text: { } text } => Encoding.UTF8.GetBytes(text),
        { Packed: { } packed } => Decompress(packed),
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
