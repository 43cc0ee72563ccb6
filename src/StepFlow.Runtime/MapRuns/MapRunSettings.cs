using StepFlow.Execution.Commands;

namespace StepFlow.Runtime.MapRuns;

/// <summary>What UpdateMapRun may change while a Map Run runs.</summary>
/// <param name="MaxConcurrency">Most executions at a time; 0 for no limit.</param>
/// <param name="ToleratedFailurePercentage">What share of the items may fail, in percent.</param>
/// <param name="ToleratedFailureCount">How many items may fail.</param>
public sealed record MapRunSettings(int MaxConcurrency, double ToleratedFailurePercentage, double ToleratedFailureCount)
{
    /// <summary>How many executions may run at a time.</summary>
    public int Room => MaxConcurrency <= 0 ? int.MaxValue : MaxConcurrency;

    /// <summary>The settings that a run starts with.</summary>
    public static MapRunSettings Of(StartMapRun command) =>
        new(command.MaxConcurrency ?? 0, command.ToleratedFailurePercentage, command.ToleratedFailureCount);
}
