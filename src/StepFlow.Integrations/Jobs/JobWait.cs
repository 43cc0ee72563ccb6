namespace StepFlow.Integrations.Jobs;

/// <summary>
/// Runs the jobs of tasks that wait for them, and stops a job when its task is cancelled. If only the host stops, the job
/// continues, and the repetition of the task finds it.
/// </summary>
/// <param name="stopping">Cancelled when the host stops.</param>
internal sealed class JobWait(TimeProvider time, HostStopping stopping)
{
    /// <summary>
    /// Starts the job, or finds it again, and waits for its end. If the host polls (<see cref="TaskCall.PollsJobs"/>), it does
    /// not wait: the state can then be <see cref="JobPhase.Running"/>.
    /// </summary>
    /// <param name="started">Called before the wait.</param>
    /// <param name="cancellationToken">The outcome is no longer needed, or the host stops.</param>
    public async Task<JobState> RunAsync(IJob job, JobRequest request, Func<JobState, CancellationToken, Task> started, CancellationToken cancellationToken)
    {
        TaskCall call = request.Call;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            JobState state = JobReference.IdOf(call) is { } known ? await job.ReadAsync(known, cancellationToken) : await job.StartAsync(request, cancellationToken);
            if (call.PollsJobs && state.Phase == JobPhase.Running)
            {
                return state;
            }

            await started(state, cancellationToken);
            for (int polls = 0; state.Phase == JobPhase.Running; polls++)
            {
                await Task.Delay(Pause(job, polls), time, cancellationToken);
                state = await job.ReadAsync(state.Id, cancellationToken);
            }

            return state;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !stopping.Token.IsCancellationRequested)
        {
            await job.StopAsync(call.IdempotencyKey, CancellationToken.None);
            throw;
        }
    }

    /// <summary>The time until the job's state is read again. It is short at first, for short jobs.</summary>
    /// <param name="polls">The number of times that the state was read.</param>
    public static TimeSpan Pause(IJob job, int polls) => job.Interval / Math.Max(1, 8 >> Math.Min(polls, 3));
}
