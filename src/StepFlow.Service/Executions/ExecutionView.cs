using StepFlow.Runtime.Documents;
using StepFlow.Runtime.Problems;

namespace StepFlow.Service.Executions;

/// <summary>Executions as responses show them.</summary>
internal static class ExecutionView
{
    /// <summary>What Step Functions bills at least for the memory of an Express execution, in MB.</summary>
    private const int BilledMemory = 64;

    /// <summary>The step in which it bills the duration of an Express execution, in milliseconds.</summary>
    private const int BilledStep = 100;

    /// <summary>The member for the index of a Map Run's item.</summary>
    private const string ItemIndexMember = "itemIndex";

    /// <summary>The member for the caller that started the execution, in the view and in the stored configuration.</summary>
    private const string StartedByMember = "startedBy";

    /// <summary>The response of DescribeExecution.</summary>
    /// <param name="redrive">Which executions can be redriven.</param>
    /// <param name="withData">Whether payloads are shown.</param>
    public static JsonObjectBuilder Describe(
        ExecutionRecord execution, RedriveRules redrive, IReadOnlyList<ExecutionProblem> problems, bool withData) => Outcome(execution, withData)
        .SetIfPresent("mapRunArn", execution.Start.MapRunArn)
        .SetIfPresent("stateMachineVersionArn", execution.Start.StateMachineVersionArn)
        .SetIfPresent("stateMachineAliasArn", execution.Start.StateMachineAliasArn)
        .Set("redriveCount", execution.RedriveCount)
        .SetIfPresent("redriveDate", execution.RedriveTime?.ToWire())
        .Set("redriveStatus", redrive.Status(execution))
        .SetIfPresent("redriveStatusReason", NotRedrivable(execution, redrive, problems));

    /// <summary>The same with the members that the API model does not have.</summary>
    /// <param name="redrive">Which executions can be redriven.</param>
    /// <param name="withData">Whether payloads are shown.</param>
    /// <param name="actors">The callers who stopped it, and who redrove it last.</param>
    public static JsonObject Describe(
        ExecutionRecord execution,
        RedriveRules redrive,
        IReadOnlyList<ExecutionProblem> problems,
        bool withData,
        (string? StoppedBy, string? RedrivenBy) actors) => Describe(execution, redrive, problems, withData)
        .SetIfPresent("problems", problems.Count > 0 ? ProblemView.List(problems, withExecution: false) : null)
        .SetIfPresent(ItemIndexMember, Number(ExecutionSummary.ItemIndexOf(execution.Start)))
        .SetIfPresent(StartedByMember, execution.Request.Configuration[StartedByMember])
        .SetIfPresent("stoppedBy", actors.StoppedBy)
        .SetIfPresent("redrivenBy", actors.RedrivenBy)
        .Build();

    /// <summary>The response of StartSyncExecution.</summary>
    public static JsonObject Sync(ExecutionRecord execution, bool withData)
    {
        double duration = (execution.StopTime!.Value - execution.Start.StartTime).TotalMilliseconds;
        long billed = Math.Max(1, (long)Math.Ceiling(duration / BilledStep)) * BilledStep;
        return Outcome(execution, withData)
            .Set("billingDetails", JsonObject.Create(("billedMemoryUsedInMB", BilledMemory), ("billedDurationInMilliseconds", billed)))
            .Build();
    }

    /// <summary>An item of ListExecutions.</summary>
    public static JsonObject Item(ExecutionSummary execution, bool isRest) => new JsonObjectBuilder(10)
        .Set("executionArn", execution.ExecutionArn)
        .Set("stateMachineArn", execution.StateMachineArn)
        .Set("name", execution.Name)
        .Set("status", StatusNames.Of(execution.Status))
        .Set("startDate", execution.StartTime.ToWire())
        .SetIfPresent("stopDate", execution.StopTime?.ToWire())
        .SetIfPresent("mapRunArn", execution.MapRunArn)
        .SetIfPresent("stateMachineVersionArn", execution.StateMachineVersionArn)
        .SetIfPresent("stateMachineAliasArn", execution.StateMachineAliasArn)
        .Set("redriveCount", execution.RedriveCount)
        .SetIfPresent("redriveDate", execution.RedriveTime?.ToWire())
        .SetIfPresent(ItemIndexMember, isRest ? Number(execution.ItemIndex) : null)
        .Build();

    /// <summary>
    /// Why it cannot be redriven. This member also tells AWS clients that a running execution is suspended, because the API model
    /// has no other member for it.
    /// </summary>
    private static string? NotRedrivable(ExecutionRecord execution, RedriveRules redrive, IReadOnlyList<ExecutionProblem> problems)
    {
        string? reason = redrive.WhyNotRedrivable(execution);
        return problems.FirstOrDefault(static problem => problem.Kind == ExecutionProblemKind.Suspended) is { } suspended
            ? $"{reason}. It is suspended: {suspended.Reason}"
            : reason;
    }

    /// <summary>The parts of the state machine's configuration that are stored with an execution, and the caller who started it.</summary>
    public static JsonObject StoredConfiguration(JsonObject configuration, string? startedBy) =>
        startedBy is null ? configuration : configuration.With(StartedByMember, startedBy);

    private static JsonObjectBuilder Outcome(ExecutionRecord execution, bool withData)
    {
        JsonObject included = JsonObject.Create(("included", withData));
        bool ended = execution.StopTime is not null;
        return new JsonObjectBuilder(20)
            .Set("executionArn", execution.Start.ExecutionArn)
            .Set("stateMachineArn", execution.Start.StateMachineArn)
            .Set("name", execution.Start.Name)
            .Set("status", StatusNames.Of(execution.Status))
            .Set("startDate", execution.Start.StartTime.ToWire())
            .SetIfPresent("stopDate", execution.StopTime?.ToWire())
            .SetIfPresent("input", withData ? execution.Start.InputText ?? execution.Start.Input.ToString() : null)
            .Set("inputDetails", included)
            .SetIfPresent("output", withData ? execution.Output?.ToString() : null)
            .SetIfPresent("outputDetails", execution.Output is not null || (ended && execution.Start.IsExpress) ? included : null)
            .SetIfPresent("error", execution.Error)
            .SetIfPresent("cause", execution.Cause)
            .SetIfPresent("traceHeader", execution.Request.TraceHeader);
    }

    private static JsonValue? Number(long? number) => number is { } value ? (JsonValue)value : null;
}
