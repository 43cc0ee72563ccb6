using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace StepFlow.Functions.Tests.Notifications;

/// <summary>A message in a <see cref="BrokerQueue"/>.</summary>
/// <param name="number">Its sequence number.</param>
/// <param name="sent">What was sent.</param>
internal sealed class BrokerMessage(long number, Message sent)
{
    private const int Deferred = 1;

    private readonly byte[] _bytes = Bytes(sent);

    public long Number => number;

    /// <summary>The token of the lock under which a receiver has it; null if none has.</summary>
    public Guid? Lock { get; set; }

    public bool IsDeferred { get; set; }

    /// <summary>How often it was delivered before.</summary>
    public int Deliveries { get; set; }

    /// <summary>The message as the service delivers it.</summary>
    public Message Delivered()
    {
        Message message = Message.Decode(new ByteBuffer(_bytes, 0, _bytes.Length, _bytes.Length));
        message.Header ??= new Header();
        message.Header.DeliveryCount = (uint)Deliveries;
        message.MessageAnnotations ??= new MessageAnnotations();
        message.MessageAnnotations[new Symbol("x-opt-sequence-number")] = number;
        message.MessageAnnotations[new Symbol("x-opt-enqueued-time")] = DateTime.UnixEpoch;
        message.MessageAnnotations[new Symbol("x-opt-locked-until")] = DateTime.UtcNow.AddMinutes(1);
        if (IsDeferred)
        {
            message.MessageAnnotations[new Symbol("x-opt-message-state")] = Deferred;
        }

        return message;
    }

    /// <summary>The delivered message in the bytes of its encoding, as the management node returns it.</summary>
    public byte[] Encoded() => Bytes(Delivered());

    private static byte[] Bytes(Message message)
    {
        ByteBuffer encoded = message.Encode();
        return encoded.Buffer.AsSpan(encoded.Offset, encoded.Length).ToArray();
    }
}
