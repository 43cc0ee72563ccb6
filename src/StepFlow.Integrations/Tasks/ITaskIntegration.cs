namespace StepFlow.Integrations.Tasks;

/// <summary>An integration that a Task state can call.</summary>
public interface ITaskIntegration
{
    /// <summary>
    /// Its name: <c>service:action</c> as in the Resource, without partition and pattern
    /// (<c>lambda:invoke</c>, <c>aws-sdk:s3:getObject</c>).
    /// </summary>
    string Name { get; }

    /// <summary>Runs the task once.</summary>
    /// <param name="call">What to do.</param>
    /// <param name="cancellationToken">Cancelled when the outcome is no longer needed, and when the host stops. Stop and clean up.</param>
    /// <returns>The outcome. A failure that a workflow can handle is an outcome. After an exception that is an outage (<see cref="Outages"/>) the host tries again. Any other exception fails the task.</returns>
    Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken);
}
