namespace StepFlow.Local.Client;

/// <summary>Follows an execution of a server: its new events, until it has ended.</summary>
internal sealed class ExecutionFollower(ServerClient client, string execution, TimeProvider time)
{
    private const int PageSize = 100;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private readonly string _path = ExecutionPath.Of(execution);
    private long _seen;

    /// <summary>Follows it.</summary>
    /// <param name="onEvent">Takes each event once, in order.</param>
    /// <param name="onRound">Called after each poll, with whether it was the last. Null for no call.</param>
    /// <param name="cancellationToken">Leaves it running.</param>
    /// <returns>The ended execution, in the form of DescribeExecution.</returns>
    public async Task<JsonObject> FollowAsync(Action<JsonObject> onEvent, Func<bool, CancellationToken, Task>? onRound, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The status is read first. If the execution has ended, the events that are read afterwards are complete.
            JsonObject description = await client.GetAsync(_path, cancellationToken);
            foreach (JsonObject entry in await ReadNewAsync(cancellationToken))
            {
                onEvent(entry);
            }

            bool isEnd = description.Text("status") is not ("RUNNING" or "PENDING_REDRIVE");
            await (onRound?.Invoke(isEnd, cancellationToken) ?? Task.CompletedTask);
            if (isEnd)
            {
                return description;
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }

    /// <summary>Reads pages from the newest event back to the last known one, so no event is read twice.</summary>
    private async Task<IReadOnlyList<JsonObject>> ReadNewAsync(CancellationToken cancellationToken)
    {
        var events = new List<JsonObject>();
        string path = $"{_path}/history?reverseOrder=true&includeExecutionData=false&maxResults={PageSize}&";
        string? next = null;
        do
        {
            JsonObject page = await client.GetAsync(next is null ? path : $"{path}nextToken={Uri.EscapeDataString(next)}", cancellationToken);
            JsonObject[] items = [.. client.Member<JsonArray>(page, "events").OfType<JsonObject>()];
            events.AddRange(items.TakeWhile(entry => Id(entry) > _seen));
            next = items.Length > 0 && Id(items[^1]) > _seen ? page.Text("nextToken") : null;
        }
        while (next is not null);
        events.Reverse();
        _seen = events.Count > 0 ? Id(events[^1]) : _seen;
        return events;
    }

    private static long Id(JsonObject entry) => entry["id"] is JsonNumber number ? (long)number.ToDouble() : 0;
}
