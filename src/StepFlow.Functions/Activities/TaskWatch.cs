using StepFlow.Functions.Executions;

namespace StepFlow.Functions.Activities;

/// <summary>
/// Cancels tasks whose outcome is no longer needed: at their deadline, when the execution cancels them in this process, and
/// in other processes by checking regularly whether the execution still waits. Durable Functions cannot cancel an activity.
/// </summary>
internal sealed class TaskWatch(RunningTasks running, DurableClients clients, TimeProvider time)
{
    /// <summary>The longest delay that a timer takes.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private static readonly TaskActivityResult Cancelled = new() { Kind = TaskActivityResultKind.Cancelled };

    /// <summary>How often it checks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Runs a task until it ends or its outcome is no longer needed.</summary>
    /// <param name="cancellationToken">The app stops: the task is left to its repetition.</param>
    /// <exception cref="OperationCanceledException">The app stops.</exception>
    public async Task<TaskActivityResult> RunAsync(TaskRequest request, Func<CancellationToken, Task<TaskActivityResult>> run, CancellationToken cancellationToken)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        running.Enter(request.InstanceId, request.TaskId, cancel);
        using ITimer deadline = time.CreateTimer(_ => Cancel(cancel), null, Left(request.Deadline), Timeout.InfiniteTimeSpan);
        using ITimer checking = time.CreateTimer(_ => _ = CheckAsync(request, cancel), null, Interval, Interval);
        try
        {
            return await run(cancel.Token);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Cancelled;
        }
        finally
        {
            running.Leave(request.InstanceId, request.TaskId, cancel);
        }
    }

    /// <summary>Cancels a task if it runs in this process.</summary>
    public Task CancelAsync(TaskRequest request) => running.CancelAsync(request.InstanceId, request.TaskId);

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The task has ended this very moment.
        }
    }

    private TimeSpan Left(DateTimeOffset? deadline)
    {
        if (deadline is not { } at || at - time.GetUtcNow() is var left && left > Longest)
        {
            return Timeout.InfiniteTimeSpan;
        }

        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async Task CheckAsync(TaskRequest request, CancellationTokenSource cancel)
    {
        try
        {
            if (!InstanceView.MayWaitFor(await clients.FindAsync(request.InstanceId, cancel.Token), request.TaskId))
            {
                Cancel(cancel);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Checked again later.
        }
    }
}
