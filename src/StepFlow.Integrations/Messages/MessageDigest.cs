using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace StepFlow.Integrations.Messages;

/// <summary>The digests in SQS's responses, with which a sender can check the received message (SQS API, SendMessage).</summary>
internal static class MessageDigest
{
    public static string OfBody(string body) => Hex(Encoding.UTF8.GetBytes(body));

    /// <summary>Of attributes, in the order of their names: name, data type and value, each after its length.</summary>
    public static string OfAttributes(JsonObject attributes)
    {
        using var bytes = new MemoryStream();
        foreach ((string name, JsonValue value) in attributes.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            if (value is not JsonObject attribute)
            {
                continue;
            }

            Write(bytes, Encoding.UTF8.GetBytes(name));
            Write(bytes, Encoding.UTF8.GetBytes(Text(attribute["DataType"])));
            bool binary = attribute["BinaryValue"] is not null;
            bytes.WriteByte(binary ? (byte)2 : (byte)1);
            Write(bytes, binary ? Decode(Text(attribute["BinaryValue"])) : Encoding.UTF8.GetBytes(Text(attribute["StringValue"])));
        }

        return Hex(bytes.ToArray());
    }

    private static string Text(JsonValue? value) => value is JsonString text ? text.Value : value?.ToString() ?? string.Empty;

    private static byte[] Decode(string base64)
    {
        byte[] bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out int length) ? bytes[..length] : Encoding.UTF8.GetBytes(base64);
    }

    private static void Write(MemoryStream target, byte[] part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        target.Write(length);
        target.Write(part);
    }

    // The protocol requires MD5. It is not used for security.
#pragma warning disable CA5351
    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
