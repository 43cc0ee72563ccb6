namespace StepFlow.Integrations.Processes;

/// <summary>
/// The memory that all programs of tasks together may use. A task reserves the memory that its program may need before it starts it,
/// in the order of requests. So the number of programs that run in parallel on one machine is limited.
/// </summary>
public sealed class ProcessMemory
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiting = new();
    private readonly long _bytes;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private long _free;

    /// <summary>The memory of a machine.</summary>
    /// <param name="bytes">All that programs may take together.</param>
    /// <param name="timeout">How long a task waits for memory before <see cref="MemoryInUseException"/>; infinite for as long as the task may take.</param>
    /// <param name="time">The clock of the wait.</param>
    public ProcessMemory(long bytes, TimeSpan timeout, TimeProvider time) => (_bytes, _free, _timeout, _time) = (bytes, bytes, timeout, time);

    /// <summary>What programs may take by default: three quarters of the memory of this machine or container; the server needs the rest.</summary>
    public static long OfThisMachine => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;

    /// <summary>Reserves memory. Disposing the result releases it.</summary>
    /// <param name="bytes">The memory that a program may need. If it exceeds the total, the program reserves all of it, and runs alone.</param>
    /// <exception cref="MemoryInUseException">Others hold it, longer than the host waits.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public async Task<IDisposable> ReserveAsync(long bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter(Math.Clamp(bytes, 0, _bytes));
        lock (_gate)
        {
            _waiting.AddLast(waiter);
            Serve();
        }

        try
        {
            await waiter.Served.Task.WaitAsync(_timeout, _time, cancellationToken);
        }
        catch (Exception failure) when (failure is TimeoutException or OperationCanceledException)
        {
            if (!Leave(waiter))
            {
                // The memory was reserved in the meantime.
                Return(waiter.Bytes);
            }

            throw failure is TimeoutException ? new MemoryInUseException(bytes) : failure;
        }

        return new Reservation(this, waiter.Bytes);
    }

    private bool Leave(Waiter waiter)
    {
        lock (_gate)
        {
            bool waits = _waiting.Remove(waiter);
            Serve();
            return waits;
        }
    }

    private void Return(long bytes)
    {
        lock (_gate)
        {
            _free += bytes;
            Serve();
        }
    }

    private void Serve()
    {
        while (_waiting.First is { Value: { } first } && first.Bytes <= _free)
        {
            _waiting.RemoveFirst();
            _free -= first.Bytes;
            first.Served.SetResult();
        }
    }

    private sealed record Waiter(long Bytes)
    {
        public TaskCompletionSource Served { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Reservation(ProcessMemory memory, long bytes) : IDisposable
    {
        private long _bytes = bytes;

        public void Dispose() => memory.Return(Interlocked.Exchange(ref _bytes, 0));
    }
}
