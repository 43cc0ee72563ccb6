using StepFlow.Execution.Commands;
using StepFlow.Language.Compilation;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// Runs some children of a Map Run in parallel, for a host that distributes a run over several machines. It ends when
/// they have ended, or when its time is up: then no more children start, and it waits for the running ones.
/// </summary>
/// <param name="command">The command of the execution.</param>
public sealed class ChildRange(StartMapRun command, MapRunNames names, IMapRunChildren children, TimeProvider clock)
{
    private readonly StateMachine _machine = MapRunChild.MachineOf(command);

    /// <summary>Runs children. Those that have ended have their result then, in <see cref="MapRunEntry.Result"/>; the others were not started.</summary>
    /// <param name="entries">The children.</param>
    /// <param name="limits">How many, and for how long.</param>
    /// <param name="stop">Stops those that run, and starts no more.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public async Task RunAsync(IReadOnlyList<MapRunEntry> entries, ChildRangeLimits limits, CancellationToken stop, CancellationToken cancellationToken)
    {
        DateTimeOffset until = clock.GetUtcNow() + limits.Time;
        int next = -1;
        long failed = 0;
        long bytes = 0;
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        async Task RunAsync()
        {
            while (!stop.IsCancellationRequested && !abandon.IsCancellationRequested && clock.GetUtcNow() < until
                && Volatile.Read(ref failed) <= limits.MostFailures && Volatile.Read(ref bytes) < limits.Bytes
                && Interlocked.Increment(ref next) is var at && at < entries.Count)
            {
                MapRunEntry entry = entries[at];
                entry.StartTime = clock.GetUtcNow();
                entry.Result = await children.RunAsync(names.Child(entry, _machine), stop, abandon.Token);
                cancellationToken.ThrowIfCancellationRequested();
                Interlocked.Add(ref bytes, entry.Result.Output?.Utf8Length ?? 0);
                Interlocked.Add(ref failed, entry.Result.Status == Execution.ExecutionStatus.Succeeded ? 0 : entry.Items);
            }
        }

        // On separate threads, because children that never wait would otherwise run one after the other.
        await Task.WhenAll(Enumerable.Range(0, Math.Min(limits.Concurrency, entries.Count)).Select(_ => Task.Run(
            async () =>
            {
                try
                {
                    await RunAsync();
                }
                catch
                {
                    // The other children end before this method ends.
                    await abandon.CancelAsync();
                    throw;
                }
            },
            cancellationToken)));
    }
}

/// <summary>The bounds of a <see cref="ChildRange"/>.</summary>
/// <param name="Concurrency">How many children run at a time.</param>
/// <param name="MostFailures">After more items than these have failed no more children start.</param>
/// <param name="Time">After so long no more children start.</param>
/// <param name="Bytes">After so many bytes of outputs no more children start.</param>
public sealed record ChildRangeLimits(int Concurrency, long MostFailures, TimeSpan Time, long Bytes);
