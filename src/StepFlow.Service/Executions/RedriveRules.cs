namespace StepFlow.Service.Executions;

/// <summary>Which executions can be redriven (RedriveExecution, and <c>redriveStatus</c> of DescribeExecution).</summary>
internal sealed class RedriveRules(ServiceOptions options, TimeProvider time)
{
    /// <summary>How long after its end an execution can be redriven, under the quotas of Step Functions.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromDays(14);

    /// <summary>How many events of the quota a redrive needs to be worth it.</summary>
    private const int NeededEvents = 1;

    /// <summary>Why an execution cannot be redriven; null where it can.</summary>
    public string? WhyNotRedrivable(ExecutionRecord execution)
    {
        if (execution.Status is not (ExecutionStatus.Failed or ExecutionStatus.TimedOut or ExecutionStatus.Aborted))
        {
            return $"Execution is {StatusNames.Of(execution.Status)} and cannot be redriven";
        }

        if (options.Limits.HistoryEvents is not { } most)
        {
            return null;
        }

        if (time.GetUtcNow() - execution.StopTime > Period)
        {
            return "Execution has exceeded the 14 days redrivable period and cannot be redriven";
        }

        return execution.EventCount >= most - NeededEvents ? "Execution history event limit exceeded and cannot be redriven" : null;
    }

    /// <summary>The <c>redriveStatus</c>.</summary>
    public string Status(ExecutionRecord execution) =>
        WhyNotRedrivable(execution) is not null ? "NOT_REDRIVABLE"
        : execution.Start.MapRunArn is not null ? "REDRIVABLE_BY_MAP_RUN"
        : "REDRIVABLE";
}
