using Azure.Storage.Queues;

namespace StepFlow.Functions.Storage;

/// <summary>
/// Asynchronous Express executions on Azure. Each has a message. The instance of the app that receives the message runs the
/// execution in one invocation. The message is deleted when the execution ends; until then it can be received again.
/// </summary>
/// <param name="queues">The storage account.</param>
/// <param name="messages">Writes the messages.</param>
internal sealed class ExpressQueue(QueueServiceClient queues, ExpressMessages messages, string name = ExpressQueue.Name) : IExpressStarts
{
    /// <summary>The queue's name. Messages that fail again and again end in <c>stepflow-express-poison</c>.</summary>
    public const string Name = "stepflow-express";

    private readonly QueueClient _queue = queues.GetQueueClient(name);

    // The trigger decodes Base64 before it passes on a message. This is the default of the Functions host, and host.json does not change it.
    public async Task StartAsync(ExecutionRequest request, CancellationToken cancellationToken) =>
        await _queue.AddAsync(Convert.ToBase64String(await messages.WriteAsync(request, cancellationToken)), cancellationToken);
}
