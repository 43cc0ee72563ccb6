namespace StepFlow.Integrations.Tasks;

/// <summary>Finds what a Resource means and runs it. Hosts and tests put their own in front: mocks, recordings, logs.</summary>
public interface ITaskRunner
{
    /// <summary>Runs a task once. An unknown resource is an outcome whose cause names the setting to add.</summary>
    Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken);
}
