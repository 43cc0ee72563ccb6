namespace StepFlow.Integrations.Messages;

/// <summary>
/// Sends messages with the same deduplication id once in five minutes, as FIFO queues do (SQS API, SendMessage:
/// MessageDeduplicationId), where the queue itself cannot. Two senders in different processes at the same moment both send.
/// </summary>
internal sealed class MessageDeduplication(ITaskNotes notes, TimeProvider time)
{
    private const int Gates = 64;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, Gates).Select(static _ => new SemaphoreSlim(1, 1))];

    /// <summary>Sends a message, unless one with its deduplication id was sent just before.</summary>
    public async Task<SentMessage> SendAsync(OutgoingMessage message, string queue, Func<Task<SentMessage>> send, CancellationToken cancellationToken)
    {
        if (message.DeduplicationId is not { } id)
        {
            return await send();
        }

        string key = $"message/{queue}/{id}";
        SemaphoreSlim gate = _gates[(uint)string.GetHashCode(key, StringComparison.Ordinal) % Gates];
        await gate.WaitAsync(cancellationToken);
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            if (await notes.FindAsync(key, cancellationToken) is JsonObject note
                && note["sent"] is JsonNumber sent && sent.TryGetInt64(out long milliseconds) && now - DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) < Interval)
            {
                return new(note.RequiredText("id"));
            }

            SentMessage made = await send();
            await notes.StoreAsync(key, JsonObject.Create(("id", made.MessageId), ("sent", now.ToUnixTimeMilliseconds())), CancellationToken.None);
            return made;
        }
        finally
        {
            gate.Release();
        }
    }
}
