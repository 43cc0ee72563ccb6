using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Amqp;
using Amqp.Framing;
using Amqp.Handler;
using Amqp.Listener;
using Amqp.Sasl;

namespace StepFlow.Functions.Tests.Notifications;

/// <summary>A broker in this process that uses AMQP as Service Bus does, with its claims-based handshake, to the SDK's own client.</summary>
internal sealed class ServiceBusBroker : IDisposable
{
    private readonly ContainerHost _host;
    private readonly int _port;
    private readonly ConcurrentDictionary<string, BrokerQueue> _queues = new(StringComparer.OrdinalIgnoreCase);
    private readonly ClaimsProcessor _claims = new();

    public ServiceBusBroker()
    {
        _port = FreePort();
        _host = new ContainerHost(new Address($"amqp://127.0.0.1:{_port}"))
        {
            // Clients write addresses with a slash before them.
            AddressResolver = static (_, attach) => AddressOf(attach),
        };
        ConnectionListener listener = _host.Listeners[0];
        listener.SASL.EnableMechanism("MSSBCBS", SaslProfile.Anonymous);
        listener.HandlerFactory = static _ => new LockTokens();
        _host.RegisterRequestProcessor("$cbs", _claims);
        _host.RegisterLinkProcessor(new Links(this));
        _host.Open();
    }

    /// <summary>The connection string for the SDK's client.</summary>
    public string ConnectionString => $"Endpoint=sb://127.0.0.1:{_port};SharedAccessKeyName=key;SharedAccessKey=a2V5;UseDevelopmentEmulator=true;";

    /// <summary>The entities that clients have shown a token for.</summary>
    public IReadOnlyCollection<string> Claims => _claims.Names;

    /// <summary>Adds a queue, or a subscription (<c>TOPIC/Subscriptions/NAME</c>).</summary>
    public BrokerQueue Add(string entity)
    {
        var queue = new BrokerQueue();
        _queues[entity] = queue;
        _host.RegisterRequestProcessor(entity + "/$management", queue);
        return queue;
    }

    public void Dispose()
    {
        _host.Close();
        foreach (BrokerQueue queue in _queues.Values)
        {
            queue.Dispose();
        }
    }

    private static string? AddressOf(Attach attach) =>
        (attach.Role ? (attach.Source as Source)?.Address : (attach.Target as Target)?.Address)?.TrimStart('/');

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Connects senders and receivers with their queues.</summary>
    private sealed class Links(ServiceBusBroker broker) : ILinkProcessor
    {
        private const ulong LargestMessage = 256 * 1024;

        public void Process(AttachContext attachContext)
        {
            if (AddressOf(attachContext.Attach) is not { } address || !broker._queues.TryGetValue(address, out BrokerQueue? queue))
            {
                attachContext.Complete(new Error(ErrorCode.NotFound) { Description = "The messaging entity could not be found." });
                return;
            }

            attachContext.Attach.MaxMessageSize = LargestMessage;
            attachContext.Complete(
                attachContext.Link.Role ? new TargetLinkEndpoint(queue, attachContext.Link) : new SourceLinkEndpoint(queue, attachContext.Link), initialCredit: 100);
        }
    }

    /// <summary>Takes the tokens of clients ("AMQP 1.0 in Azure Service Bus", claims-based security).</summary>
    private sealed class ClaimsProcessor : IRequestProcessor
    {
        private readonly ConcurrentQueue<string> _names = new();

        public int Credit => 100;

        public IReadOnlyCollection<string> Names => _names;

        public void Process(RequestContext requestContext)
        {
            ApplicationProperties properties = requestContext.Message.ApplicationProperties;
            bool isToken = (string)properties["operation"] == "put-token" && requestContext.Message.Body is string { Length: > 0 };
            if (isToken)
            {
                _names.Enqueue((string)properties["name"]);
            }

            var response = new Message { ApplicationProperties = new ApplicationProperties() };
            response.ApplicationProperties["status-code"] = isToken ? 202 : 400;
            response.ApplicationProperties["status-description"] = isToken ? "Accepted" : "Bad request";
            requestContext.Complete(response);
        }
    }

    /// <summary>A delivery's tag is the token of the message's lock.</summary>
    private sealed class LockTokens : IHandler
    {
        public bool CanHandle(EventId id) => id == EventId.SendDelivery;

        public void Handle(Event protocolEvent)
        {
            if (protocolEvent.Context is IDelivery { UserToken: ReceiveContext { UserToken: BrokerMessage message } } delivery)
            {
                delivery.Tag = message.Lock!.Value.ToByteArray();
            }
        }
    }
}
