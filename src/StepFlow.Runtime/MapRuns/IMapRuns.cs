namespace StepFlow.Runtime.MapRuns;

/// <summary>Knows the Map Runs of a host and can change one that runs (DescribeMapRun, ListMapRuns, UpdateMapRun).</summary>
public interface IMapRuns
{
    /// <summary>A run as it is now; null where there is none.</summary>
    Task<MapRunRecord?> FindAsync(string mapRunArn, CancellationToken cancellationToken);

    /// <summary>What is kept of the runs: every run that has started so far.</summary>
    Task<MapRunStore> SavedAsync(CancellationToken cancellationToken);

    /// <summary>Changes the settings of a run that is running; when it returns, they are durable.</summary>
    Task UpdateAsync(MapRunRecord run, MapRunSettings settings, CancellationToken cancellationToken);
}
