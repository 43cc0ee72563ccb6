namespace StepFlow.Local.Engine;

/// <summary>Limits the number of children that wait for their first turn, because each uses memory while it waits.</summary>
/// <param name="most">The maximum number of waiting children.</param>
internal sealed class FirstTurns(int most)
{
    private readonly Lock _gate = new();
    private int _waiting;
    private TaskCompletionSource? _ready;

    /// <summary>Waits until the number is below the maximum.</summary>
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
    /// <returns>An action to call when the child has had its first turn or has ended. Further calls have no effect.</returns>
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
            // Waits until half of them have started, so that a waiting run does not wake for each child.
            if (--_waiting <= most / 2)
            {
                (ready, _ready) = (_ready, null);
            }
        }

        ready?.TrySetResult();
    }
}
