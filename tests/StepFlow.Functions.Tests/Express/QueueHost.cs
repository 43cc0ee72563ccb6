using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using StepFlow.Functions.Storage;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Functions.Triggers;

namespace StepFlow.Functions.Tests.Express;

/// <summary>Delivers the messages of the Express queue as the Functions host does: decoded from base64, and gone when the function ends well.</summary>
internal sealed class QueueHost(ServiceFixture fixture, string connectionString)
{
    private readonly QueueClient _queue = new(connectionString, fixture.Host.Prefix + ExpressQueue.Name);

    /// <summary>The next message's body, as the queue holds it; null where there is none.</summary>
    public async Task<string?> PeekAsync() =>
        (await _queue.PeekMessageAsync(TestContext.Current.CancellationToken)).Value?.Body.ToString();

    /// <summary>Delivers the next message. An exception of the function leaves it in the queue, and is this call's too.</summary>
    public async Task DeliverAsync(CancellationToken cancellationToken = default)
    {
        QueueMessage message = (await _queue.ReceiveMessageAsync(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken)).Value;
        string text = BinaryData.FromBytes(Convert.FromBase64String(message.Body.ToString())).ToString();
        try
        {
            await ((ExpressTrigger)fixture.Host.App.Create(typeof(ExpressTrigger))).RunAsync(text, fixture.Host.Client, cancellationToken);
        }
        catch
        {
            await _queue.UpdateMessageAsync(
                message.MessageId, message.PopReceipt, message.Body, TimeSpan.Zero, TestContext.Current.CancellationToken);
            throw;
        }

        await _queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, TestContext.Current.CancellationToken);
    }
}
