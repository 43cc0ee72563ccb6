using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StepFlow.Runtime.Documents;

namespace StepFlow.Functions.Messages;

/// <summary>
/// Converts texts to payloads and back. Without side effects, so orchestrators can call it. The limits are such that the largest
/// message, which is that of a task with its payloads and a chunk of history, is below 64 KiB.
/// </summary>
internal static class PayloadCodec
{
    /// <summary>Texts up to this length travel as they are: in bytes, as a JSON string with its escapes.</summary>
    public const int TextBytes = 8 * 1024;

    /// <summary>Compressed bytes up to this length travel in the message, where base64 makes four bytes of three.</summary>
    public const int PackedBytes = 8 * 1024;

    /// <summary>
    /// The number of bytes of a stored payload that one activity moves, which is usually all. Base64 adds a third, and
    /// Durable Task Scheduler rejects messages over 1 MB. Azure Storage stores messages over 45 KB in a blob.
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

        byte[] packed = Gzip.Compress(utf8);
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

    /// <summary>The text of a payload that contains it, in UTF-8; null if it must be loaded.</summary>
    public static byte[]? TryRead(Payload payload) => payload switch
    {
        { Text: { } text } => Encoding.UTF8.GetBytes(text),
        { Packed: { } packed } => Gzip.Decompress(packed),
        _ => null,
    };
}
