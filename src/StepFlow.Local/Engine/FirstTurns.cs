namespace StepFlow.Local.Engine;

/// <summary>Counts children that wait for their first turn, and lets no more start while there are many: they take memory, and gain nothing by waiting.</summary>
/// <param name="most">How many.</param>
internal sealed class FirstTurns(int most)
{
    private readonly Lock _gate = new();
    private int _waiting;
    private TaskCompletionSource? _ready;

    /// <summary>Waits until fewer wait.</summary>
    public ValueTask ReadyAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_waiting < most)
            {
                return ValueTask.CompletedTask;
            }

            _ready ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return new(_ready.Task.WaitAsync(cancellationToken));
        }
    }

    /// <summary>A child starts.</summary>
    /// <returns>To be called when it has had its first turn, or has ended; again without effect.</returns>
    public Action Enter()
    {
        lock (_gate)
        {
            _waiting++;
        }

        int left = 0;
        return () =>
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
            {
                Leave();
            }
        };
    }

    private void Leave()
    {
        TaskCompletionSource? ready = null;
        lock (_gate)
        {
            // Half of them at once: whoever waits is not woken for each.
            if (--_waiting <= most / 2)
            {
                (ready, _ready) = (_ready, null);
            }
        }

        ready?.TrySetResult();
    }
}
