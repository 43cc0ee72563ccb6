using StepFlow.Language.Json;
using StepFlow.Service.Documents;
using StepFlow.Service.MapRuns;

namespace StepFlow.Service.MapRunRecords;

/// <summary>Map Runs as responses show them.</summary>
internal static class MapRunView
{
    /// <summary>The response of DescribeMapRun.</summary>
    public static JsonObject Describe(MapRunRecord run) => new JsonObjectBuilder(12)
        .Set("mapRunArn", run.Arn)
        .Set("executionArn", run.ExecutionArn)
        .Set("status", run.Status)
        .Set("startDate", run.StartDate.ToWire())
        .SetIfPresent("stopDate", run.StopDate?.ToWire())
        .Set("maxConcurrency", run.Settings.MaxConcurrency)
        .Set("toleratedFailurePercentage", JsonNumber.Create(run.Settings.ToleratedFailurePercentage))
        .Set("toleratedFailureCount", JsonNumber.Create(run.Settings.ToleratedFailureCount))
        .Set("itemCounts", Counts(run.Items))
        .Set("executionCounts", Counts(run.Executions))
        .Set("redriveCount", run.RedriveCount)
        .SetIfPresent("redriveDate", run.RedriveDate?.ToWire())
        .Build();

    /// <summary>An item of ListMapRuns.</summary>
    public static JsonObject Item(MapRunRecord run) => new JsonObjectBuilder(5)
        .Set("executionArn", run.ExecutionArn)
        .Set("mapRunArn", run.Arn)
        .Set("stateMachineArn", run.StateMachineArn)
        .Set("startDate", run.StartDate.ToWire())
        .SetIfPresent("stopDate", run.StopDate?.ToWire())
        .Build();

    /// <summary>The counts of items or executions.</summary>
    public static JsonObject Counts(MapRunCounts counts) => JsonObject.Create(
        ("pending", counts.Pending),
        ("running", counts.Running),
        ("succeeded", counts.Succeeded),
        ("failed", counts.Failed),
        ("timedOut", counts.TimedOut),
        ("aborted", counts.Aborted),
        ("total", counts.Total),
        ("resultsWritten", counts.ResultsWritten),
        ("failuresNotRedrivable", 0),
        ("pendingRedrive", 0));
}
