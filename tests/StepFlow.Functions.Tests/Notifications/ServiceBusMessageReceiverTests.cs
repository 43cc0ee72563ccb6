using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Functions.Notifications;
using StepFlow.Integrations.Configuration;
using StepFlow.Integrations.Identities;
using StepFlow.Integrations.Messages;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.Tasks;
using StepFlow.Testing;

namespace StepFlow.Functions.Tests.Notifications;

/// <summary>Messages over AMQP: sent, taken by deferring them, settled by another process, found again by a repeated call.</summary>
public sealed class ServiceBusMessageReceiverTests : IAsyncDisposable
{
    private static readonly MessageSource Queue = new(MessageDestination.Queue, "orders");

    private readonly ServiceBusBroker _broker = new();
    private readonly DocumentTaskNotes _notes = new(new InMemoryDocumentStore(), TimeProvider.System);
    private readonly ServiceProvider _services = new ServiceCollection().AddStepFlowIntegrations(new ConfigurationBuilder().Build()).BuildServiceProvider();
    private readonly List<IAsyncDisposable> _opened = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_SentAndReceived_ArrivesWhole()
    {
        _broker.Add("orders");
        await SendAsync("orders", "hello", new() { Destination = MessageDestination.Queue, Name = "orders", Body = "hello", Subject = "about", IdempotencyKey = "key", Attributes = JsonObject.Create(("colour", JsonObject.Create(("DataType", "String"), ("StringValue", "red")))) });

        TakenMessage taken = Assert.Single((await Receiver().ReceiveAsync(Queue, 10, null, "call", Cancellation))!);

        Assert.Equal(("hello", "key", "about", "1"), (taken.Body, taken.Id, taken.Subject, taken.Receipt));
        Assert.Equal("""{"colour":{"DataType":"String","StringValue":"red"}}""", taken.Attributes?.ToString());
        Assert.Contains(_broker.Claims, static name => name.Contains("orders", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Message_Received_IsGivenToNobodyElseUntilItIsSettledByAnotherProcess()
    {
        BrokerQueue queue = _broker.Add("orders");
        await SendAsync("orders", "a");
        TakenMessage taken = Assert.Single((await Receiver().ReceiveAsync(Queue, 1, null, "call", Cancellation))!);

        Assert.Empty((await Receiver().ReceiveAsync(Queue, 1, null, "another call", Cancellation))!);
        Assert.Equal(MessageRemoval.Removed, await Receiver().RemoveAsync(Queue, taken.Receipt, Cancellation));
        Assert.Equal(0, queue.Count);
        Assert.Equal(MessageRemoval.Removed, await Receiver().RemoveAsync(Queue, taken.Receipt, Cancellation));
    }

    [Fact]
    public async Task Call_Repeated_GivesTheMessagesThatItTookBefore()
    {
        _broker.Add("orders");
        await SendAsync("orders", "a");
        await SendAsync("orders", "b");
        TakenMessage first = Assert.Single((await Receiver().ReceiveAsync(Queue, 1, null, "call", Cancellation))!);

        TakenMessage again = Assert.Single((await Receiver().ReceiveAsync(Queue, 1, null, "call", Cancellation))!);

        Assert.Equal((first.Receipt, first.Body), (again.Receipt, again.Body));
    }

    [Fact]
    public async Task Message_DeadLettered_IsRemovedWithItsReason()
    {
        BrokerQueue queue = _broker.Add("orders");
        await SendAsync("orders", "a");
        TakenMessage taken = Assert.Single((await Receiver().ReceiveAsync(Queue, 1, null, "call", Cancellation))!);

        Assert.Equal(MessageRemoval.Removed, await Receiver().DeadLetterAsync(Queue, taken.Receipt, "Poison", "It cannot be read.", Cancellation));

        Assert.Equal((0, "Poison"), (queue.Count, Assert.Single(queue.DeadLetters)));
    }

    /// <summary>An attempt that broke off has the message locked: it is not taken for settled.</summary>
    [Fact]
    public async Task Message_LockedByAnEarlierAttempt_IsSettledOnceTheLockIsOver()
    {
        BrokerQueue queue = _broker.Add("orders");
        await SendAsync("orders", "a");
        TakenMessage taken = Assert.Single((await Receiver().ReceiveAsync(Queue, 1, null, "call", Cancellation))!);
        await using (ServiceBusClients clients = Clients())
        {
            await clients.For(null).CreateReceiver("orders").ReceiveDeferredMessageAsync(1, Cancellation);
        }

        await Assert.ThrowsAsync<TaskOutageException>(() => Receiver().RemoveAsync(Queue, taken.Receipt, Cancellation));
        queue.EndLocks();
        Assert.Equal(MessageRemoval.Removed, await Receiver().RemoveAsync(Queue, taken.Receipt, Cancellation));
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public async Task Subscription_OfATopic_IsReceivedFrom()
    {
        _broker.Add("news/Subscriptions/mail");
        await SendAsync("news/Subscriptions/mail", "a");

        Assert.Single((await Receiver().ReceiveAsync(new(MessageDestination.Topic, "news") { Subscription = "mail" }, 1, null, "call", Cancellation))!);
    }

    [Fact]
    public async Task Queue_ThatIsNotThere_IsReported()
    {
        Assert.Null(await Receiver().ReceiveAsync(Queue, 1, null, "call", Cancellation));
        Assert.Null(await Sender().SendAsync(Plain("orders", "a"), Cancellation));
    }

    [Fact]
    public async Task Receipt_ThatIsNone_IsReported() => Assert.Equal(MessageRemoval.InvalidReceipt, await Receiver().RemoveAsync(Queue, "x", Cancellation));

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable one in _opened)
        {
            await one.DisposeAsync();
        }

        await _services.DisposeAsync();
        _broker.Dispose();
    }

    private static OutgoingMessage Plain(string name, string body) => new() { Destination = MessageDestination.Queue, Name = name, Body = body, IdempotencyKey = body };

    private async Task SendAsync(string name, string body, OutgoingMessage? message = null) =>
        Assert.NotNull(await Sender().SendAsync(message ?? Plain(name, body), Cancellation));

    /// <summary>Each is a process of its own: nothing but the broker and the notes is shared.</summary>
    private ServiceBusMessageReceiver Receiver() => Opened(new ServiceBusMessageReceiver(Opened(Clients()), _notes));

    private ServiceBusNotificationSender Sender() => Opened(new ServiceBusNotificationSender(Opened(Clients()), TimeProvider.System));

    private ServiceBusClients Clients() => new(_broker.ConnectionString, null, _services.GetRequiredService<IdentityCredentials>());

    private T Opened<T>(T one)
        where T : IAsyncDisposable
    {
        _opened.Insert(0, one);
        return one;
    }
}
