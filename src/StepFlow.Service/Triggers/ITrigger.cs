namespace StepFlow.Service.Triggers;

/// <summary>A trigger that looks for its causes.</summary>
public interface ITrigger
{
    /// <summary>Its name in the settings.</summary>
    string Name { get; }

    /// <summary>Looks once, and starts what is to be started.</summary>
    /// <returns>How long to wait until the next look.</returns>
    Task<TimeSpan> PollAsync(CancellationToken cancellationToken);
}
