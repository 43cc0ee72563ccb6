namespace StepFlow.Service.Triggers;

/// <summary>A trigger that polls for its causes.</summary>
public interface ITrigger
{
    /// <summary>Its name in the settings.</summary>
    string Name { get; }

    /// <summary>Polls once, and starts executions for what it finds.</summary>
    /// <returns>The time until the next poll.</returns>
    Task<TimeSpan> PollAsync(CancellationToken cancellationToken);
}
