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
            JsonObject input = JsonObject.Create(
                ("Trigger", name), ("Queue", options.Queue!), ("MessageId", message.Id), ("Body", JsonValue.ParseOrNull(message.Text) ?? message.Text));
            if (TriggerStarts.IsStarted(await starts.StartAsync(name, options, $"{options.Queue} {message.Id}", input, cancellationToken)))
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
}
