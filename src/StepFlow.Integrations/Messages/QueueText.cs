using System.Text;

namespace StepFlow.Integrations.Messages;

/// <summary>
/// Reads the texts of storage queues. Queues are read without the client's own encoding: one message that is not Base64 would fail every
/// request that receives it, and the messages after it would never be received.
/// </summary>
internal static class QueueText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a message.</summary>
    /// <param name="isBase64">Whether senders encode texts as Base64. A text that is not Base64 of UTF-8 is taken as it is.</param>
    public static string Read(string stored, bool isBase64)
    {
        byte[] bytes = new byte[stored.Length];
        if (!isBase64 || !Convert.TryFromBase64String(stored, bytes, out int length))
        {
            return stored;
        }

        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return stored;
        }
    }
}
