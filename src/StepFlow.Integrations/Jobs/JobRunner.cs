using StepFlow.Integrations.Functions;
using StepFlow.Language;

namespace StepFlow.Integrations.Jobs;

/// <summary>Runs the tasks that start jobs.</summary>
/// <param name="jobs">The jobs by name.</param>
/// <param name="wait">Waits for jobs (<c>.sync</c>).</param>
internal sealed class JobRunner(JobCatalog jobs, SettingHints hints, TimeProvider time, JobWait wait)
{
    /// <summary>Runs a task in the form of the service that it names.</summary>
    /// <param name="cancellationToken">The outcome is no longer needed, or the host stops.</param>
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

        if (call.StopsJob)
        {
            await job.StopAsync(call.IdempotencyKey, cancellationToken);
            return new TaskCompleted(JsonObject.Empty);
        }

        if (call.Resource.Pattern is not (TaskPattern.Sync or TaskPattern.Sync2))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new TaskCompleted(Submitted(form, View(await job.StartAsync(request, cancellationToken))));
        }

        JobState state = await wait.RunAsync(
            job, request, (started, left) => call.Submitted is { } store ? store(Submitted(form, View(started)), left) : Task.CompletedTask, cancellationToken);
        return state.Phase == JobPhase.Running
            ? new TaskPending(Submitted(form, View(state)), JobReference.Next(call, state, out int polls), JobWait.Pause(job, polls))
            : Outcome(form, View(state));

        JobView View(JobState seen) => new(call, job.Name, seen, time.GetUtcNow());
    }

    private static JsonObject Submitted(JobForm form, JobView view)
    {
        JsonObject response = form.Submitted(view);
        return form.MediaType is { } type
            ? SdkMetadata.AddTo(new JsonObjectBuilder().SetAll(response.AsSpan()), view.Call, view.Now, type, response.Utf8Length).Build()
            : response;
    }

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
