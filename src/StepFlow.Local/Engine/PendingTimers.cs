namespace StepFlow.Local.Engine;

/// <summary>The timers of one execution, by id and by due time.</summary>
internal sealed class PendingTimers
{
    private readonly Dictionary<string, long> _due = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, long> _order = new();

    /// <summary>The earliest due time (unix ms); null if there is no timer.</summary>
    public long? Earliest
    {
        get
        {
            DropCancelled();
            return _order.TryPeek(out _, out long due) ? due : null;
        }
    }

    public void Start(string id, DateTimeOffset due)
    {
        // Rounded up to milliseconds, so that a timer never fires before its due time.
        long milliseconds = (due.UtcTicks - DateTime.UnixEpoch.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
        _due[id] = milliseconds;
        _order.Enqueue(id, milliseconds);
    }

    public void Cancel(string id) => _due.Remove(id);

    /// <summary>Takes out the earliest timer that is due; null where none is.</summary>
    public string? TakeDue(long now)
    {
        DropCancelled();
        if (!_order.TryPeek(out string? id, out long due) || due > now)
        {
            return null;
        }

        _order.Dequeue();
        _due.Remove(id);
        return id;
    }

    public void Clear()
    {
        _due.Clear();
        _order.Clear();
    }

    private void DropCancelled()
    {
        while (_order.TryPeek(out string? id, out long due) && !(_due.TryGetValue(id, out long current) && current == due))
        {
            _order.Dequeue();
        }
    }
}
