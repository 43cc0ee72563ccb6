using StepFlow.Integrations.Messages;

namespace StepFlow.Service.Triggers;

/// <summary>Starts an execution for each message of a storage queue, and removes the message when the execution is durable.</summary>
internal sealed class QueueTrigger(string name, TriggerOptions options, TriggerStarts starts, QueueReader queues) : ITrigger
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public string Name => name;

    public async Task<TimeSpan> PollAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ReceivedMessage> messages = await queues.ReceiveAsync(options.Queue!, cancellationToken);
        foreach (ReceivedMessage message in messages)
        {
            if (TriggerStarts.IsStarted(await StartExecutionAsync(message.Id, message.Text, cancellationToken)))
            {
                await queues.RemoveAsync(options.Queue!, message, cancellationToken);
            }
            else if (message.Count >= MaxAttempts)
            {
                await queues.SetAsideAsync(options.Queue!, message, cancellationToken);
            }
        }

        return messages.Count > 0 ? TimeSpan.Zero : Pause;
    }

    /// <summary>Starts the execution of a message that the platform received. The platform removes the message afterwards.</summary>
    /// <exception cref="TriggerFailedException">The execution could not be started.</exception>
    public async Task TakeAsync(string messageId, string text, CancellationToken cancellationToken) =>
        TriggerFailedException.ThrowUnlessStarted(name, await StartExecutionAsync(messageId, text, cancellationToken));

    private Task<ApiResult> StartExecutionAsync(string messageId, string text, CancellationToken cancellationToken)
    {
        JsonObject input = JsonObject.Create(
            ("Trigger", name), ("Queue", options.Queue!), ("MessageId", messageId), ("Body", JsonValue.ParseOrNull(text) ?? text));
        return starts.StartAsync(name, options, $"{options.Queue} {messageId}", input, cancellationToken);
    }
}
