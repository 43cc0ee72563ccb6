namespace StepFlow.Integrations.Tasks;

/// <summary>
/// Calls that start an operation or a job of another service. If the task is cancelled while such a call runs, the call is
/// not cancelled, because only its response identifies the operation or job that must then be stopped.
/// </summary>
/// <param name="stopping">Cancelled when the host stops. The call is then made again after the host's start.</param>
internal sealed class LastingStart(TimeProvider time, HostStopping stopping)
{
    /// <summary>The maximum time that a call continues after its task was cancelled.</summary>
    private static readonly TimeSpan CancelDelay = TimeSpan.FromSeconds(30);

    /// <summary>Makes a call.</summary>
    /// <param name="start">The call.</param>
    /// <param name="cancellationToken">The outcome is no longer needed, or the host stops.</param>
    /// <exception cref="OperationCanceledException">The host stops, or the call got no response within 30 seconds after the task was cancelled.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        using ITimer timer = time.CreateTimer(static source => Cut((CancellationTokenSource)source!), cut, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration cancelled = cancellationToken.UnsafeRegister(static state => ((ITimer)state!).Change(CancelDelay, Timeout.InfiniteTimeSpan), timer);
        return await start(cut.Token);
    }

    private static void Cut(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call has ended at this moment.
        }
    }
}
