namespace StepFlow.Service.MapRuns;

/// <summary>Counts failed items against <c>ToleratedFailureCount</c> and <c>ToleratedFailurePercentage</c>: whichever of the given ones is exceeded first; without either the first failure is one too many.</summary>
internal sealed class FailureTolerance(MapRunControl control, long total)
{
    private long _failed;

    /// <summary>Counts failed items in. True where that is more than tolerated.</summary>
    public bool Exceeds(int items)
    {
        _failed += items;
        MapRunSettings settings = control.Settings;
        bool byCount = _failed > settings.ToleratedFailureCount;
        bool byPercentage = _failed * 100.0 > settings.ToleratedFailurePercentage * total;
        return (settings.ToleratedFailureCount > 0, settings.ToleratedFailurePercentage > 0) switch
        {
            (true, false) => byCount,
            (false, true) => byPercentage,
            _ => byCount || byPercentage,
        };
    }
}
