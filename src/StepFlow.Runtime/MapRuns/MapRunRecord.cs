using StepFlow.Runtime.Documents;

namespace StepFlow.Runtime.MapRuns;

/// <summary>A Map Run as it is stored.</summary>
public sealed record MapRunRecord
{
    /// <summary>Its children run.</summary>
    public const string Running = "RUNNING";

    /// <summary>It ended well.</summary>
    public const string Succeeded = "SUCCEEDED";

    public const string Failed = "FAILED";

    /// <summary>It was aborted.</summary>
    public const string Aborted = "ABORTED";

    public required string Arn { get; init; }

    public required string ExecutionArn { get; init; }

    /// <summary>The status: one of the constants.</summary>
    public string Status { get; init; } = Running;

    public required DateTimeOffset StartDate { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? StopDate { get; init; }

    public MapRunSettings Settings { get; init; } = new(0, 0, 0);

    public MapRunCounts Items { get; init; }

    /// <summary>The counts of its children.</summary>
    public MapRunCounts Executions { get; init; }

    /// <summary>How often it was redriven.</summary>
    public int RedriveCount { get; init; }

    /// <summary>When it was last redriven; null for never.</summary>
    public DateTimeOffset? RedriveDate { get; init; }

    /// <summary>The instance or process that runs it, in a form that the host defines; null if the host does not need it.</summary>
    public string? Runner { get; init; }

    /// <summary>The event of the execution that started or redrove it; 0 if there was none. Not stored.</summary>
    public long LastEventId { get; init; }

    /// <summary>The ARN of the item processor as a state machine: that of the state machine, and the Map's label.</summary>
    public string StateMachineArn => Arn.Replace(":mapRun:", ":stateMachine:", StringComparison.Ordinal)[..(Arn.LastIndexOf(':') + ":stateMachine:".Length - ":mapRun:".Length)];

    /// <summary>The run as a document.</summary>
    internal JsonObject ToJson() => new JsonObjectBuilder(14)
        .Set("arn", Arn)
        .Set("executionArn", ExecutionArn)
        .Set("status", Status)
        .Set("startDate", StartDate.ToWire())
        .SetIfPresent("stopDate", StopDate?.ToWire())
        .Set("maxConcurrency", Settings.MaxConcurrency)
        .Set("toleratedFailurePercentage", JsonNumber.Create(Settings.ToleratedFailurePercentage))
        .Set("toleratedFailureCount", JsonNumber.Create(Settings.ToleratedFailureCount))
        .Set("expressChildren", Settings.HasExpressChildren)
        .Set("items", Items.ToJson())
        .Set("executions", Executions.ToJson())
        .Set("redriveCount", RedriveCount)
        .SetIfPresent("redriveDate", RedriveDate?.ToWire())
        .SetIfPresent("runner", Runner)
        .Build();

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    internal static MapRunRecord FromJson(JsonObject document) => new()
    {
        Arn = document.RequiredText("arn"),
        ExecutionArn = document.RequiredText("executionArn"),
        Status = document.RequiredText("status"),
        StartDate = Instants.FromWire(document["startDate"]!),
        StopDate = document["stopDate"] is { } stop ? Instants.FromWire(stop) : null,
        Settings = new((int)document.Integer("maxConcurrency")!, document.Number("toleratedFailurePercentage")!.Value, document.Number("toleratedFailureCount")!.Value)
        {
            HasExpressChildren = document["expressChildren"] is JsonBoolean { Value: true },
        },
        Items = Counts((JsonObject)document["items"]!),
        Executions = Counts((JsonObject)document["executions"]!),
        RedriveCount = (int)document.Integer("redriveCount")!,
        RedriveDate = document["redriveDate"] is { } redrive ? Instants.FromWire(redrive) : null,
        Runner = document.Text("runner"),
    };

    private static MapRunCounts Counts(JsonObject document) => new()
    {
        Pending = document.Integer("pending")!.Value,
        Running = document.Integer("running")!.Value,
        Succeeded = document.Integer("succeeded")!.Value,
        Failed = document.Integer("failed")!.Value,
        TimedOut = document.Integer("timedOut")!.Value,
        Aborted = document.Integer("aborted")!.Value,
        ResultsWritten = document.Integer("resultsWritten")!.Value,
    };
}
