using StepFlow.Runtime.Ports;

namespace StepFlow.Service.Triggers;

/// <summary>Starts an execution at each time of a schedule. The last time that was handled is stored.</summary>
internal sealed class ScheduleTrigger(string name, TriggerOptions options, TriggerStarts starts, IDocumentStore documents, TimeProvider time) : ITrigger
{
    private const string Collection = "trigger-times";
    private const int MaxMissed = 100;

    /// <summary>A time is not missed within this period, because hosts poll at least once a minute.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Schedule _schedule = Schedule.Parse(options.Schedule!, options.TimeZone);

    public string Name => name;

    public async Task<TimeSpan> PollAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        Document? stored = await documents.FindAsync(Collection, name, cancellationToken);
        if (stored?.Value is not JsonObject { } document || document["last"] is not JsonNumber number || !number.TryGetInt64(out long milliseconds))
        {
            // Schedules begin with the first start of the server. Earlier times are not started.
            await documents.WriteAsync(Collection, name, Note(now), stored?.Version, cancellationToken);
            return Pause(now);
        }

        DateTimeOffset last = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        DateTimeOffset done = last;
        foreach (DateTimeOffset due in Due(last, now))
        {
            ScheduledStart start = ScheduledStart.At(name, due);
            if (!TriggerStarts.IsStarted(await starts.StartAsync(name, options, start.Cause, start.Input, cancellationToken)))
            {
                break;
            }

            done = due;
        }

        // If another instance of the app polled at the same time, it has started the same executions.
        done = Due(done, now).Count > 0 ? done : now;
        await documents.WriteAsync(Collection, name, Note(done), stored.Version, cancellationToken);
        return Pause(now);
    }

    private List<DateTimeOffset> Due(DateTimeOffset last, DateTimeOffset now)
    {
        var due = new Queue<DateTimeOffset>();
        DateTimeOffset from = options.Missed == MissedStarts.CatchUp || now - last < Grace ? last : now - Grace;
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
