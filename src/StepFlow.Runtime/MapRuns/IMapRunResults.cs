namespace StepFlow.Runtime.MapRuns;

/// <summary>The outcomes of the children of one Map Run, from which the result files are written.</summary>
public interface IMapRunResults
{
    /// <summary>The children of a group, in the order of their indexes.</summary>
    /// <param name="from">The first index.</param>
    IAsyncEnumerable<MapRunEntry> ReadAsync(OutcomeGroup group, int from, CancellationToken cancellationToken);
}

/// <summary>The groups of outcomes that a ResultWriter distinguishes.</summary>
public enum OutcomeGroup
{
    /// <summary>All children.</summary>
    All,

    /// <summary>Those that succeeded.</summary>
    Succeeded,

    /// <summary>Those that failed, timed out or were stopped.</summary>
    Failed,

    /// <summary>Those that never started.</summary>
    Pending,
}

/// <summary>Which children belong to a group.</summary>
public static class OutcomeGroups
{
    /// <summary>Whether children of a status belong to a group.</summary>
    /// <param name="status">How they ended; null where they never started.</param>
    public static bool Includes(this OutcomeGroup group, ExecutionStatus? status) => group switch
    {
        OutcomeGroup.Succeeded => status is ExecutionStatus.Succeeded,
        OutcomeGroup.Failed => status is not (null or ExecutionStatus.Succeeded),
        OutcomeGroup.Pending => status is null,
        _ => true,
    };
}
