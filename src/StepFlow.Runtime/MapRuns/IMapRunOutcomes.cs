namespace StepFlow.Runtime.MapRuns;

/// <summary>Stores the outcomes of the children of one Map Run. Calls come from any thread.</summary>
public interface IMapRunOutcomes : IMapRunResults
{
    /// <summary>The outcomes that are recorded already. A run that is repeated after a crash continues after them. Called once, before all other calls.</summary>
    Task<RecordedOutcomes> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Records a child that has ended, or that is never going to start (its result is null). Waits where too much is to be written.</summary>
    ValueTask AddAsync(MapRunEntry child, CancellationToken cancellationToken);

    /// <summary>Waits until everything that was added is recorded.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}
