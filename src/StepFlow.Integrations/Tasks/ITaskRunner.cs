namespace StepFlow.Integrations.Tasks;

/// <summary>Finds the integration of a Resource and runs it. Hosts and tests add their own runners in front of it: mocks, recordings, logs.</summary>
public interface ITaskRunner
{
    /// <summary>Runs a task once. An unknown resource is an outcome whose cause names the setting to add.</summary>
    Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken);
}
