using StepFlow.Runtime.Documents;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Service.MapRuns;

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
        .Set("itemCounts", run.Items.ToJson())
        .Set("executionCounts", run.Executions.ToJson())
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
}
