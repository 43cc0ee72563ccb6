namespace StepFlow.Service.Triggers;

/// <summary>Starts an execution at each time of a schedule. The last time that was handled is stored.</summary>
internal sealed class ScheduleTrigger(string name, TriggerOptions options, TriggerStarts starts, IDocumentStore documents, TimeProvider time) : ITrigger
{
    private const string Collection = "trigger-times";
    private const int MaxMissed = 100;

    /// <summary>A time is not missed within this period, because hosts poll at least once a minute.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>The platform's timer may fire a little before its time, and does not fire again then.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Schedule _schedule = Schedule.Parse(options.Schedule!, options.TimeZone);

    public string Name => name;

    public async Task<TimeSpan> PollAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await PollOnceAsync(now, Grace, cancellationToken);
        return Pause(now);
    }

    /// <summary>Polls once, because the platform's timer for the schedule fired.</summary>
    /// <param name="grace">A time is not missed within this period.</param>
    /// <exception cref="TriggerFailedException">An execution could not be started. The next poll tries again.</exception>
    public async Task TakeAsync(TimeSpan grace, CancellationToken cancellationToken) =>
        TriggerFailedException.ThrowUnlessStarted(name, await PollOnceAsync(time.GetUtcNow() + Early, grace, cancellationToken));

    /// <summary>Begins the schedule now, unless it has begun before.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(Collection, name, cancellationToken) is null)
        {
            await documents.WriteAsync(Collection, name, Note(time.GetUtcNow()), null, cancellationToken);
        }
    }

    /// <returns>The refusal that ended the poll; null if every execution was started.</returns>
    private async Task<ApiResult?> PollOnceAsync(DateTimeOffset now, TimeSpan grace, CancellationToken cancellationToken)
    {
        Document? stored = await documents.FindAsync(Collection, name, cancellationToken);
        if (stored?.Value is not JsonObject { } document || document["last"] is not JsonNumber number || !number.TryGetInt64(out long milliseconds))
        {
            // Schedules begin with the first start of the server. Earlier times are not started.
            await documents.WriteAsync(Collection, name, Note(now), stored?.Version, cancellationToken);
            return null;
        }

        DateTimeOffset done = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        ApiResult? refusal = null;
        foreach (DateTimeOffset due in Due(done, now, grace))
        {
            ScheduledStart start = ScheduledStart.At(name, due);
            ApiResult result = await starts.StartAsync(name, options, start.Cause, start.Input, cancellationToken);
            if (!TriggerStarts.IsStarted(result))
            {
                refusal = result;
                break;
            }

            done = due;
        }

        // If another instance of the app polled at the same time, it has started the same executions.
        await documents.WriteAsync(Collection, name, Note(refusal is null ? now : done), stored.Version, cancellationToken);
        return refusal;
    }

    private List<DateTimeOffset> Due(DateTimeOffset last, DateTimeOffset now, TimeSpan grace)
    {
        var due = new Queue<DateTimeOffset>();
        DateTimeOffset from = options.Missed == MissedStarts.CatchUp || now - last < grace ? last : now - grace;
        for (DateTimeOffset? next = _schedule.Next(from); next is { } at && at <= now; next = _schedule.Next(at))
        {
            due.Enqueue(at);
            if (due.Count > MaxMissed)
            {
                due.Dequeue();
            }
        }

        return [.. due];
    }

    private TimeSpan Pause(DateTimeOffset now) => _schedule.Next(now) is { } next && next - now < LongestPause ? next - now : LongestPause;

    private static JsonObject Note(DateTimeOffset last) => JsonObject.Create(("last", last.ToUnixTimeMilliseconds()));
}
