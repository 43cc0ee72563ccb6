using StepFlow.Integrations.Responses;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Jobs;

/// <summary>
/// Runs the tasks that start jobs. A task that waits for its job (<c>.sync</c>) stops it when the task is given up; when only
/// the host stops, the job goes on, and the repetition of the task finds it.
/// </summary>
/// <param name="jobs">The jobs by name.</param>
/// <param name="hints">Names what is missing.</param>
/// <param name="time">The clock.</param>
/// <param name="stopping">Cancelled when the host stops.</param>
internal sealed class JobRunner(JobCatalog jobs, SettingHints hints, TimeProvider time, HostStopping stopping)
{
    /// <summary>Runs a task in the form of the service that it names.</summary>
    /// <param name="call">The task.</param>
    /// <param name="name">The job.</param>
    /// <param name="cancellationToken">The answer no longer counts, or the host stops.</param>
    public async Task<TaskOutcome> RunAsync(TaskCall call, string name, CancellationToken cancellationToken)
    {
        JobForm form = JobForms.Of(call.Resource);
        if (jobs.Find(name) is not { } job)
        {
            return form.NotFound(call, name, hints.Add($"Jobs:{name}:Command", $"Jobs:{name}:Image", $"Jobs:{name}:ContainerAppsJob"));
        }

        var arguments = new ArgumentReader(call.Arguments);
        JobRequest request = form.Read(call, arguments);
        if (arguments.Problem is { } problem)
        {
            return form.Refuse(call, problem);
        }

        bool waits = call.Resource.Pattern is TaskPattern.Sync or TaskPattern.Sync2;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (call.StopsJob)
            {
                await job.StopAsync(call.IdempotencyKey, cancellationToken);
                return new TaskCompleted(JsonObject.Empty);
            }

            JobState state = JobReference.IdOf(call) is { } known ? await job.ReadAsync(known, cancellationToken) : await job.StartAsync(request, cancellationToken);
            JobView view = new(call, job.Name, state, time.GetUtcNow());
            JsonObject submitted = Submitted(form, view);
            if (!waits)
            {
                return new TaskCompleted(submitted);
            }

            if (call.PollsJobs && state.Phase == JobPhase.Running)
            {
                return new TaskPending(submitted, JobReference.Next(call, state, out int asked), Pause(job, asked));
            }

            if (call.Submitted is { } keep)
            {
                await keep(submitted, cancellationToken);
            }

            return Outcome(form, view with { State = await WaitAsync(job, state, cancellationToken) });
        }
        catch (OperationCanceledException) when (waits && cancellationToken.IsCancellationRequested && !stopping.Token.IsCancellationRequested)
        {
            await job.StopAsync(call.IdempotencyKey, CancellationToken.None);
            throw;
        }
    }

    private static JsonObject Submitted(JobForm form, JobView view)
    {
        JsonObject response = form.Submitted(view);
        if (form.MediaType is not { } type)
        {
            return response;
        }

        var builder = new JsonObjectBuilder();
        foreach ((string name, JsonValue value) in response)
        {
            builder.Set(name, value);
        }

        return SdkMetadata.AddTo(builder, view.Call, view.Now, type, response.Utf8Length).Build();
    }

    private async Task<JobState> WaitAsync(IJob job, JobState state, CancellationToken cancellationToken)
    {
        for (int asked = 0; state.Phase == JobPhase.Running; asked++)
        {
            await Task.Delay(Pause(job, asked), time, cancellationToken);
            state = await job.ReadAsync(state.Id, cancellationToken);
        }

        return state;
    }

    // Often at first, for jobs that are short.
    private static TimeSpan Pause(IJob job, int asked) => job.Interval / Math.Max(1, 8 >> Math.Min(asked, 3));

    private static TaskOutcome Outcome(JobForm form, JobView view)
    {
        if (view.Succeeded)
        {
            return new TaskCompleted(view.State.Result ?? form.Ended(view));
        }

        return FunctionResponse.ReadFailure(view.State.Result) is { } failure
            ? new TaskRejected(failure.ErrorType, failure.ErrorMessage)
            : new TaskRejected(form.FailureName, form.Ended(view).ToString());
    }
}
