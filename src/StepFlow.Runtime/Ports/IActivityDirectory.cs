namespace StepFlow.Runtime.Ports;

/// <summary>Knows which activities there are. A task of one that does not exist fails, rather than wait for a worker that never comes.</summary>
public interface IActivityDirectory
{
    /// <summary>Whether there is an activity of this ARN.</summary>
    Task<bool> ExistsAsync(string activityArn, CancellationToken cancellationToken);
}
