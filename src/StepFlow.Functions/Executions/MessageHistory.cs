using Microsoft.Extensions.DependencyInjection;

namespace StepFlow.Functions.Executions;

/// <summary>
/// The history in the message of a task. It is stored before the task runs, or, if the orchestration allows it, only
/// while a long task runs. A task that ends sooner returns it, which saves a storage request for each task.
/// </summary>
internal sealed class MessageHistory(HistoryWriter history, [FromKeyedServices(RealTime.Key)] TimeProvider realTime)
{
    /// <summary>Runs a task, and stores the history in its message.</summary>
    public async Task<TaskActivityResult> RunAsync(TaskRequest request, Func<Task<TaskActivityResult>> run, CancellationToken cancellationToken)
    {
        if (request.LongestHistoryWait is not { } longest)
        {
            await StoreAsync(request, cancellationToken);
            return await run() with { HistoryStored = true };
        }

        Task<TaskActivityResult> running = run();
        using (var ended = new CancellationTokenSource())
        {
            await Task.WhenAny(running, Task.Delay(longest, realTime, ended.Token));
            await ended.CancelAsync();
        }

        if (IsOver(running))
        {
            return await running;
        }

        try
        {
            await StoreAsync(request, cancellationToken);
        }
        catch (Exception) when (!running.IsFaulted)
        {
            // A repetition of this activity would run the task beside itself.
            TaskActivityResult result = await running;
            if (IsOver(running))
            {
                return result;
            }

            throw;
        }

        return await running with { HistoryStored = true };
    }

    /// <summary>Whether the next message comes soon. After a task that waits for its token, its worker or its job, it does not.</summary>
    private static bool IsOver(Task<TaskActivityResult> running) =>
        running.IsCompletedSuccessfully && running.Result.Kind is TaskActivityResultKind.Completed or TaskActivityResultKind.Rejected;

    private Task StoreAsync(TaskRequest request, CancellationToken cancellationToken) =>
        history.StoreAndNotifyAsync(request.ExecutionArn, request.AllHistory, cancellationToken);
}
