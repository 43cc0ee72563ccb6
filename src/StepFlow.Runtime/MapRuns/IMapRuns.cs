namespace StepFlow.Runtime.MapRuns;

/// <summary>Reads the Map Runs of a host and can change one that runs (DescribeMapRun, ListMapRuns, UpdateMapRun).</summary>
public interface IMapRuns
{
    /// <summary>The current record of a run; null if there is none.</summary>
    Task<MapRunRecord?> FindAsync(string mapRunArn, CancellationToken cancellationToken);

    /// <summary>The stored records, after all runs that have started are stored.</summary>
    Task<MapRunStore> SavedAsync(CancellationToken cancellationToken);

    /// <summary>Changes the settings of a run that is running; when it returns, they are durable.</summary>
    Task UpdateAsync(MapRunRecord run, MapRunSettings settings, CancellationToken cancellationToken);
}
