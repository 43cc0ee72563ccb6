namespace StepFlow.Integrations.Jobs;

/// <summary>A service's action that starts a job: the job in the settings that the arguments name, otherwise that in the map of Resources.</summary>
internal sealed class JobIntegration(string name, JobForm form, JobCatalog jobs, JobRunner runner, IMappedResources mapped) : ITaskIntegration
{
    public string Name => name;

    public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string job = form.JobName(arguments);
        if (jobs.Find(job) is null && mapped.Find(call.Resource, exactOnly: false) is { } other)
        {
            return other.RunAsync(call, cancellationToken);
        }

        return arguments.Problem is { } problem
            ? Task.FromResult<TaskOutcome>(form.Refuse(call, problem))
            : runner.RunAsync(call, job, cancellationToken);
    }
}
