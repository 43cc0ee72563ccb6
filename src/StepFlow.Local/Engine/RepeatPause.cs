namespace StepFlow.Local.Engine;

/// <summary>The pauses between attempts of what failed in the host: twice as long each time, up to a minute. One can be cut short.</summary>
internal sealed class RepeatPause(TimeProvider clock)
{
    private const double Longest = 60;

    private TaskCompletionSource _now = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    /// <summary>The pause after a number of failed attempts, from 1.</summary>
    public static TimeSpan After(int attempts) => TimeSpan.FromSeconds(Math.Min(Longest, Math.Pow(2, Math.Min(attempts - 1, 10))));

    /// <summary>Waits until a pause is over, or is cut short: by <see cref="End"/>, or by the token.</summary>
    public async Task WaitAsync(TimeSpan pause, CancellationToken cut)
    {
        Task now = Volatile.Read(ref _now).Task;
        Interlocked.Increment(ref _waiting);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cut);
        await Task.WhenAny(now, Task.Delay(pause, clock, over.Token));
        Interlocked.Decrement(ref _waiting);
        await over.CancelAsync();
    }

    /// <summary>Ends all current pauses.</summary>
    /// <returns>Whether there were any.</returns>
    public bool End()
    {
        if (Volatile.Read(ref _waiting) == 0)
        {
            return false;
        }

        Interlocked.Exchange(ref _now, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        return true;
    }
}
