namespace StepFlow.Integrations.Jobs;

/// <summary>
/// Runs the jobs of tasks that wait for them, and stops a job when its task is given up. When only the host stops, the job goes
/// on, and the repetition of the task finds it.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="stopping">Cancelled when the host stops.</param>
internal sealed class JobWait(TimeProvider time, HostStopping stopping)
{
    /// <summary>
    /// Starts the job, or finds it again, and waits for its end. Where the host polls (<see cref="TaskCall.PollsJobs"/>) it does
    /// not wait: the state may then be <see cref="JobPhase.Running"/>.
    /// </summary>
    /// <param name="request">What it is started with.</param>
    /// <param name="started">Called before the wait.</param>
    /// <param name="cancellationToken">The answer no longer counts, or the host stops.</param>
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

    /// <summary>How long to wait before the next look at a job. Often at first, for jobs that are short.</summary>
    /// <param name="polls">How often it was looked at.</param>
    public static TimeSpan Pause(IJob job, int polls) => job.Interval / Math.Max(1, 8 >> Math.Min(polls, 3));
}
