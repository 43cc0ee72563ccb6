namespace StepFlow.Local.Engine;

/// <summary>
/// The next due time of each execution: one entry for each, independent of its number of timers. A heap with an index, so that an
/// entry can be moved and removed. A timeout of a year whose task ends at once uses no more memory.
/// </summary>
internal sealed class TimerHeap
{
    private readonly Dictionary<long, int> _positions = [];
    private (long Due, long Execution)[] _heap = new (long, long)[64];

    public int Count { get; private set; }

    /// <summary>The earliest due time (unix ms); null where nothing waits.</summary>
    public long? Earliest => Count == 0 ? null : _heap[0].Due;

    public void Set(long execution, long due)
    {
        if (!_positions.TryGetValue(execution, out int at))
        {
            if (Count == _heap.Length)
            {
                Array.Resize(ref _heap, Count * 2);
            }

            at = Count++;
        }

        _heap[at] = (due, execution);
        Reorder(at);
    }

    public void Remove(long execution)
    {
        if (_positions.Remove(execution, out int at))
        {
            RemoveAt(at);
        }
    }

    /// <summary>Takes out an execution that is due.</summary>
    public bool TryTake(long now, out long execution)
    {
        execution = 0;
        if (Count == 0 || _heap[0].Due > now)
        {
            return false;
        }

        execution = _heap[0].Execution;
        _positions.Remove(execution);
        RemoveAt(0);
        return true;
    }

    private void RemoveAt(int at)
    {
        Count--;
        if (at < Count)
        {
            _heap[at] = _heap[Count];
            Reorder(at);
        }
    }

    private void Reorder(int at)
    {
        (long Due, long Execution) entry = _heap[at];
        while (at > 0 && _heap[(at - 1) / 2].Due > entry.Due)
        {
            Move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }

        for (int child = (2 * at) + 1; child < Count; child = (2 * at) + 1)
        {
            if (child + 1 < Count && _heap[child + 1].Due < _heap[child].Due)
            {
                child++;
            }

            if (_heap[child].Due >= entry.Due)
            {
                break;
            }

            Move(child, at);
            at = child;
        }

        _heap[at] = entry;
        _positions[entry.Execution] = at;
    }

    private void Move(int from, int to)
    {
        _heap[to] = _heap[from];
        _positions[_heap[to].Execution] = to;
    }
}
