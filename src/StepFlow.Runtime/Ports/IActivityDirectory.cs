namespace StepFlow.Runtime.Ports;

/// <summary>The existing activities. A task of an activity that does not exist fails immediately, instead of waiting for a worker.</summary>
public interface IActivityDirectory
{
    /// <summary>Whether an activity exists.</summary>
    Task<bool> ExistsAsync(string activityArn, CancellationToken cancellationToken);
}
