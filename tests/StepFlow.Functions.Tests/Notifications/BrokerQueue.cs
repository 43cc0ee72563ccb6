using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;

namespace StepFlow.Functions.Tests.Notifications;

/// <summary>
/// A queue or subscription: sends, deliveries under locks, their dispositions, and the operations of its management node
/// ("AMQP request-response based operations in Service Bus").
/// </summary>
internal sealed class BrokerQueue : IMessageSource, IMessageProcessor, IRequestProcessor, IDisposable
{
    private const string NotFound = "com.microsoft:message-not-found";

    private static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly List<BrokerMessage> _messages = [];
    private readonly List<(BrokerMessage Message, string? Reason)> _deadLetters = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private long _number;

    public int Credit => 100;

    /// <summary>How many messages it has, deferred ones included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _messages.Count;
            }
        }
    }

    /// <summary>Why messages were moved to the dead-letter queue.</summary>
    public IReadOnlyList<string?> DeadLetters
    {
        get
        {
            lock (_gate)
            {
                return [.. _deadLetters.Select(static dead => dead.Reason)];
            }
        }
    }

    /// <summary>Ends all locks, as the service does when their time is up.</summary>
    public void EndLocks()
    {
        lock (_gate)
        {
            _messages.ForEach(static message => message.Lock = null);
        }

        _arrived.Release();
    }

    public async Task<ReceiveContext> GetMessageAsync(ListenerLink link)
    {
        lock (_gate)
        {
            if (_messages.Find(static message => message is { Lock: null, IsDeferred: false }) is { } next)
            {
                Take(next);
                return new ReceiveContext(link, next.Delivered()) { UserToken = next };
            }
        }

        // The link requests it again: meanwhile its client may have drained it.
        await _arrived.WaitAsync(Drain);
        return null!;
    }

    public void DisposeMessage(ReceiveContext receiveContext, DispositionContext dispositionContext)
    {
        var message = (BrokerMessage)receiveContext.UserToken;
        lock (_gate)
        {
            switch (dispositionContext.DeliveryState)
            {
                case Accepted:
                    _messages.Remove(message);
                    break;
                case Modified { UndeliverableHere: true }:
                    (message.IsDeferred, message.Lock) = (true, null);
                    break;
                case Rejected rejected:
                    DeadLetter(message, rejected.Error?.Info?[new Symbol("DeadLetterReason")] as string);
                    break;
                default:
                    message.Lock = null;
                    break;
            }
        }

        dispositionContext.Complete();
    }

    public void Process(MessageContext messageContext)
    {
        lock (_gate)
        {
            _messages.Add(new(++_number, messageContext.Message));
        }

        messageContext.Complete();
        _arrived.Release();
    }

    public void Process(RequestContext requestContext)
    {
        var request = (Map)requestContext.Message.Body;
        Message response;
        lock (_gate)
        {
            response = (string)requestContext.Message.ApplicationProperties["operation"] switch
            {
                "com.microsoft:peek-message" => Peek((long)request["from-sequence-number"], (int)request["message-count"]),
                "com.microsoft:receive-by-sequence-number" => Receive((long[])request["sequence-numbers"]),
                "com.microsoft:update-disposition" => Settle(request),
                var operation => Respond(501, $"{operation} is not served here."),
            };
        }

        requestContext.Complete(response);
    }

    public void Dispose() => _arrived.Dispose();

    private static void Take(BrokerMessage message)
    {
        message.Lock = Guid.NewGuid();
        message.Deliveries++;
    }

    private void DeadLetter(BrokerMessage message, string? reason)
    {
        _messages.Remove(message);
        _deadLetters.Add((message, reason));
    }

    private Message Peek(long from, int count)
    {
        Map[] found = [.. _messages.Where(message => message.Number >= from).Take(count).Select(static message => new Map { ["message"] = message.Encoded() })];
        return found.Length == 0 ? Respond(204, "No content") : Respond(200, "OK", new Map { ["messages"] = new List(found) });
    }

    private Message Receive(long[] numbers)
    {
        var found = new List();
        foreach (long number in numbers)
        {
            if (_messages.Find(message => message.Number == number && message is { IsDeferred: true, Lock: null }) is not { } message)
            {
                return Respond(404, "The message is not there.", condition: NotFound);
            }

            Take(message);
            found.Add(new Map { ["message"] = message.Encoded(), ["lock-token"] = message.Lock!.Value });
        }

        return Respond(200, "OK", new Map { ["messages"] = found });
    }

    private Message Settle(Map request)
    {
        foreach (Guid token in (Guid[])request["lock-tokens"])
        {
            if (_messages.Find(message => message.Lock == token) is not { } message)
            {
                return Respond(410, "The lock is over.", condition: "com.microsoft:message-lock-lost");
            }

            switch ((string)request["disposition-status"])
            {
                case "completed":
                    _messages.Remove(message);
                    break;
                case "suspended":
                    DeadLetter(message, request["deadletter-reason"] as string);
                    break;
                default:
                    message.Lock = null;
                    break;
            }
        }

        return Respond(200, "OK");
    }

    private static Message Respond(int status, string description, Map? body = null, string? condition = null)
    {
        var response = new Message(body ?? new Map()) { ApplicationProperties = new ApplicationProperties() };
        response.ApplicationProperties["statusCode"] = status;
        response.ApplicationProperties["statusDescription"] = description;
        if (condition is not null)
        {
            response.ApplicationProperties["errorCondition"] = new Symbol(condition);
        }

        return response;
    }

    /// <summary>A list of values, by the name that AMQP's types have.</summary>
    private sealed class List : Amqp.Types.List
    {
        public List(params Map[] items)
        {
            foreach (Map item in items)
            {
                Add(item);
            }
        }
    }
}
