namespace StepFlow.Runtime.MapRuns;

/// <summary>The children of a Map Run that have been read and wait for their start. Adding waits while the queue is full.</summary>
/// <param name="maxBytes">Bytes of inputs that it holds, about; at least one child fits always.</param>
internal sealed class ChildQueue(long maxBytes)
{
    private readonly Lock _gate = new();
    private readonly Queue<MapRunEntry> _children = new();
    private readonly TaskCompletionSource _filled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _added;
    private TaskCompletionSource? _taken;
    private long _bytes;
    private bool _complete;

    /// <summary>Ends when the queue is full for the first time, or complete.</summary>
    public Task Filled => _filled.Task;

    /// <summary>Adds a child. Waits while the queue is full. One caller at a time.</summary>
    public async ValueTask AddAsync(MapRunEntry child, CancellationToken cancellationToken)
    {
        while (!TryAdd(child, out Task taken))
        {
            _filled.TrySetResult();
            await taken.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Adds a child if there is room. Otherwise returns a task that completes when there is.</summary>
    private bool TryAdd(MapRunEntry child, out Task taken)
    {
        TaskCompletionSource? added;
        lock (_gate)
        {
            if (_children.Count > 0 && _bytes >= maxBytes)
            {
                _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
                taken = _taken.Task;
                return false;
            }

            _children.Enqueue(child);
            _bytes += Size(child);
            (added, _added) = (_added, null);
        }

        added?.TrySetResult();
        taken = Task.CompletedTask;
        return true;
    }

    /// <summary>No more children come.</summary>
    public void Complete()
    {
        TaskCompletionSource? added;
        lock (_gate)
        {
            _complete = true;
            (added, _added) = (_added, null);
        }

        added?.TrySetResult();
        _filled.TrySetResult();
    }

    /// <summary>Takes the next child, and waits for it. Null if no more come. One caller at a time.</summary>
    public async ValueTask<MapRunEntry?> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task added;
            lock (_gate)
            {
                if (_children.TryDequeue(out MapRunEntry? child))
                {
                    _bytes -= Size(child);
                    TaskCompletionSource? taken = _bytes < maxBytes / 2 || _children.Count == 0 ? _taken : null;
                    _taken = taken is null ? _taken : null;
                    taken?.TrySetResult();
                    return child;
                }

                if (_complete)
                {
                    return null;
                }

                _added ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                added = _added.Task;
            }

            await added.WaitAsync(cancellationToken);
        }
    }

    private static long Size(MapRunEntry child) => child.Input.Utf8Length + ItemSink.BytesOfOne;
}
