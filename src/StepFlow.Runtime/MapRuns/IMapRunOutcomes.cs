namespace StepFlow.Runtime.MapRuns;

/// <summary>Records how the children of one Map Run ended. Calls come from any thread.</summary>
public interface IMapRunOutcomes : IMapRunResults
{
    /// <summary>The outcomes that were recorded before: a run that is repeated after a crash continues behind them. Called once, first.</summary>
    Task<RecordedOutcomes> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Records a child that has ended, or that is never going to start (its result is null). Waits where too much is to be written.</summary>
    ValueTask AddAsync(MapRunEntry child, CancellationToken cancellationToken);

    /// <summary>Waits until everything that was added is recorded.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}
