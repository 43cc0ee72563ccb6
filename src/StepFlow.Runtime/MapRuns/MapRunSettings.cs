using StepFlow.Execution.Commands;

namespace StepFlow.Runtime.MapRuns;

/// <summary>What UpdateMapRun may change while a Map Run runs.</summary>
/// <param name="MaxConcurrency">Most executions at a time; 0 for no limit.</param>
/// <param name="ToleratedFailurePercentage">What share of the items may fail, in percent.</param>
/// <param name="ToleratedFailureCount">How many items may fail.</param>
public sealed record MapRunSettings(int MaxConcurrency, double ToleratedFailurePercentage, double ToleratedFailureCount)
{
    /// <summary>The maximum number of children that run at the same time, if MaxConcurrency has no limit (Step Functions: 10,000).</summary>
    public const int ConcurrencyLimit = 10_000;

    /// <summary>Whether the children are Express executions. Never changes.</summary>
    public bool HasExpressChildren { get; init; }

    /// <summary>How many executions may run at a time.</summary>
    public int Concurrency => MaxConcurrency <= 0 ? ConcurrencyLimit : Math.Min(MaxConcurrency, ConcurrencyLimit);

    /// <summary>Whether more items failed than tolerated.</summary>
    /// <param name="failed">How many failed.</param>
    /// <param name="total">The number of items; null while they are being read. Then no percentage can be computed.</param>
    public bool IsExceeded(long failed, long? total) => failed > MostFailures(total);

    /// <summary>
    /// The number of items that may fail. If both a count and a percentage are given, the smaller number is used. If neither
    /// is given, none may fail.
    /// </summary>
    /// <param name="total">The number of items; null while they are being read. Then no percentage can be computed.</param>
    public long MostFailures(long? total)
    {
        double byCount = Math.Floor(ToleratedFailureCount);
        double byPercentage = total is { } all ? Math.Floor(ToleratedFailurePercentage * all / 100.0) : long.MaxValue;
        return (long)((ToleratedFailureCount > 0, ToleratedFailurePercentage > 0) switch
        {
            (true, false) => byCount,
            (false, true) => byPercentage,
            _ => Math.Min(byCount, byPercentage),
        });
    }

    /// <summary>The settings that a run starts with.</summary>
    public static MapRunSettings Of(StartMapRun command) =>
        new(command.MaxConcurrency ?? 0, command.ToleratedFailurePercentage, command.ToleratedFailureCount) { HasExpressChildren = command.State.IsExpress };
}
