using Microsoft.Extensions.DependencyInjection;

namespace StepFlow.Functions.Executions;

/// <summary>
/// Reports to Map Runs which Standard children have succeeded. An orchestration receives only some tens of events a second, so children
/// that end at about the same time are reported by one event.
/// </summary>
internal sealed class ChildEnds(DurableClients clients, [FromKeyedServices(RealTime.Key)] TimeProvider realTime)
{
    /// <summary>An event has at most so many children.</summary>
    public const int MaxChildren = 200;

    /// <summary>How long an event waits for more children.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Batch> _open = new(StringComparer.Ordinal);

    /// <summary>Reports the end of a child. Nothing happens if the run has ended.</summary>
    /// <param name="runInstanceId">The orchestration of the run.</param>
    /// <param name="cancellationToken">Stops waiting. The event is still sent.</param>
    public Task ReportAsync(string runInstanceId, EndedChild child, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(runInstanceId, out Batch? batch))
            {
                batch = new();
                _open.Add(runInstanceId, batch);
                batch.Sent = SendAsync(runInstanceId, batch);
            }

            batch.Children.Add(child);
            if (batch.Children.Count == MaxChildren)
            {
                _open.Remove(runInstanceId);
                batch.Full.SetResult();
            }

            return batch.Sent.WaitAsync(cancellationToken);
        }
    }

    private async Task SendAsync(string runInstanceId, Batch batch)
    {
        await Task.WhenAny(Task.Delay(Window, realTime), batch.Full.Task);
        EndedChild[] children;
        lock (_gate)
        {
            if (_open.TryGetValue(runInstanceId, out Batch? open) && open == batch)
            {
                _open.Remove(runInstanceId);
            }

            children = [.. batch.Children];
        }

        await clients.TryRaiseAsync(runInstanceId, EventNames.EndedChildren, new EndedChildren(children), CancellationToken.None);
    }

    private sealed class Batch
    {
        public List<EndedChild> Children { get; } = [];

        public TaskCompletionSource Full { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Sent { get; set; } = Task.CompletedTask;
    }
}
