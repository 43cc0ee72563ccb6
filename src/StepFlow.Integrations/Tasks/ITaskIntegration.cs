namespace StepFlow.Integrations.Tasks;

/// <summary>One thing that a Task state can call.</summary>
public interface ITaskIntegration
{
    /// <summary>
    /// What it answers to: <c>service:action</c> as in the Resource, without partition and pattern
    /// (<c>lambda:invoke</c>, <c>aws-sdk:s3:getObject</c>).
    /// </summary>
    string Name { get; }

    /// <summary>Runs the task once.</summary>
    /// <param name="call">What to do.</param>
    /// <param name="cancellationToken">Cancelled when the answer no longer counts, and at shutdown: stop and clean up.</param>
    /// <returns>How it ended. A failure that a workflow may see is an outcome; an exception that <see cref="Outages"/> knows is an outage, and the host tries again; any other fails the task.</returns>
    Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken);
}
