namespace StepFlow.Integrations.Messages;

/// <summary>Receives messages. If there are none, it waits for them.</summary>
/// <param name="Source">Where they are.</param>
/// <param name="Most">At most so many, from 1 to 10.</param>
/// <param name="Wait">How long it waits for the first one.</param>
internal sealed record MessagePoll(MessageSource Source, int Most, TimeSpan Wait)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How long received messages are hidden from other receivers; null for the default of the queue.</summary>
    public TimeSpan? Hidden { get; init; }

    /// <summary>Receives once, and again each second until there are messages or the time is over.</summary>
    /// <param name="idempotencyKey">The same for every repetition of the call.</param>
    /// <returns>The messages, empty if none came; null if the queue does not exist.</returns>
    public async Task<IReadOnlyList<TakenMessage>?> RunAsync(IMessageReceiver receiver, string idempotencyKey, TimeProvider time, CancellationToken cancellationToken)
    {
        DateTimeOffset end = time.GetUtcNow() + Wait;
        while (true)
        {
            IReadOnlyList<TakenMessage>? messages = await receiver.ReceiveAsync(Source, Most, Hidden, idempotencyKey, cancellationToken);
            if (messages is not { Count: 0 } || time.GetUtcNow() >= end)
            {
                return messages;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
