using StepFlow.Language.Json;
using StepFlow.Service.Documents;
using StepFlow.Service.MapRuns;

namespace StepFlow.Service.MapRunRecords;

/// <summary>A Map Run as it is kept.</summary>
internal sealed record MapRunRecord
{
    public const string Running = "RUNNING";
    public const string Succeeded = "SUCCEEDED";
    public const string Failed = "FAILED";
    public const string Aborted = "ABORTED";

    public required string Arn { get; init; }

    public required string ExecutionArn { get; init; }

    public string Status { get; init; } = Running;

    public required DateTimeOffset StartDate { get; init; }

    public DateTimeOffset? StopDate { get; init; }

    public MapRunSettings Settings { get; init; } = new(0, 0, 0);

    public MapRunCounts Items { get; init; } = new();

    public MapRunCounts Executions { get; init; } = new();

    public int RedriveCount { get; init; }

    public DateTimeOffset? RedriveDate { get; init; }

    /// <summary>The event of the execution that started or redrove it; 0 where none was seen yet. Not kept.</summary>
    public long LastEventId { get; init; }

    /// <summary>The ARN of the item processor as a machine: the machine's, and the Map's label.</summary>
    public string StateMachineArn => Arn.Replace(":mapRun:", ":stateMachine:", StringComparison.Ordinal)[..(Arn.LastIndexOf(':') + ":stateMachine:".Length - ":mapRun:".Length)];

    public JsonObject ToJson() => new JsonObjectBuilder(12)
        .Set("arn", Arn)
        .Set("executionArn", ExecutionArn)
        .Set("status", Status)
        .Set("startDate", StartDate.ToWire())
        .SetIfPresent("stopDate", StopDate?.ToWire())
        .Set("maxConcurrency", Settings.MaxConcurrency)
        .Set("toleratedFailurePercentage", JsonNumber.Create(Settings.ToleratedFailurePercentage))
        .Set("toleratedFailureCount", JsonNumber.Create(Settings.ToleratedFailureCount))
        .Set("items", MapRunView.Counts(Items))
        .Set("executions", MapRunView.Counts(Executions))
        .Set("redriveCount", RedriveCount)
        .SetIfPresent("redriveDate", RedriveDate?.ToWire())
        .Build();

    public static MapRunRecord FromJson(JsonObject document) => new()
    {
        Arn = ((JsonString)document["arn"]!).Value,
        ExecutionArn = ((JsonString)document["executionArn"]!).Value,
        Status = ((JsonString)document["status"]!).Value,
        StartDate = Instants.FromWire(document["startDate"]!),
        StopDate = document["stopDate"] is { } stop ? Instants.FromWire(stop) : null,
        Settings = new((int)Number(document, "maxConcurrency"), Number(document, "toleratedFailurePercentage"), Number(document, "toleratedFailureCount")),
        Items = Counts((JsonObject)document["items"]!),
        Executions = Counts((JsonObject)document["executions"]!),
        RedriveCount = (int)Number(document, "redriveCount"),
        RedriveDate = document["redriveDate"] is { } redrive ? Instants.FromWire(redrive) : null,
    };

    private static MapRunCounts Counts(JsonObject document) => new()
    {
        Pending = (long)Number(document, "pending"),
        Running = (long)Number(document, "running"),
        Succeeded = (long)Number(document, "succeeded"),
        Failed = (long)Number(document, "failed"),
        TimedOut = (long)Number(document, "timedOut"),
        Aborted = (long)Number(document, "aborted"),
        ResultsWritten = (long)Number(document, "resultsWritten"),
    };

    private static double Number(JsonObject document, string name) => ((JsonNumber)document[name]!).ToDouble();
}
