using System.Globalization;
using System.Text;
using StepFlow.Execution.Snapshots;

namespace StepFlow.Functions.Storage;

/// <summary>The record of an execution as JSON: its start, its snapshot, and its end.</summary>
internal static class RecordJson
{
    /// <summary>A new record.</summary>
    /// <param name="request">How the execution is started.</param>
    /// <param name="snapshot">Its snapshot after the first turn.</param>
    /// <param name="child">The Map Run that waits for the end of this child; null for other executions.</param>
    public static JsonObject Create(ExecutionRequest request, byte[] snapshot, string instanceId, string indexKey, MapChild? child) => new JsonObjectBuilder()
        .Set("version", 1)
        .Set("instance", instanceId)
        .Set("place", indexKey)
        .Set("definition", request.Definition)
        .Set("configuration", request.Configuration)
        .SetIfPresent("traceHeader", request.TraceHeader)
        .SetIfPresent("parent", request.ParentExecutionArn)
        .SetIfPresent("parentTask", request.ParentTask)
        .SetIfPresent("mockTestCase", request.MockTestCase)
        .SetIfPresent("mapChild", child is null ? null : Write(child))
        .Set("snapshot", Encoding.UTF8.GetString(snapshot))
        .Set("status", ExecutionStatus.Running.ToString())
        .Build();

    /// <summary>The record after the execution ended.</summary>
    public static JsonObject Ended(JsonObject record, ExecutionEnd end, JsonValue? output, string? cause, string? snapshot)
    {
        record = record.With("status", end.Status.ToString())
            .With("stopTime", Instant(end.StopTime))
            .With("eventCount", end.EventCount)
            .With("redriveCount", end.RedriveCount);
        foreach ((string name, JsonValue? value) in (ReadOnlySpan<(string, JsonValue?)>)
            [("output", output), ("error", Text(end.Error)), ("cause", Text(cause)), ("redriveTime", end.RedriveTime is { } time ? Instant(time) : null)])
        {
            record = value is null ? record.Without(name) : record.With(name, value);
        }

        return snapshot is null ? record : record.With("snapshot", WithInputText(snapshot, record));
    }

    /// <summary>The record after a redrive. The execution runs again, in another instance.</summary>
    /// <param name="child">The Map Run that waits for the end of this child now; null for other executions.</param>
    public static JsonObject Redriven(JsonObject record, string instanceId, DateTimeOffset time, MapChild? child)
    {
        record = record
            .Without("stopTime").Without("error").Without("cause")
            .With("status", ExecutionStatus.Running.ToString())
            .With("instance", instanceId)
            .With("redriveCount", RedriveCount(record) + 1)
            .With("redriveTime", Instant(time));
        return child is null ? record : record.With("mapChild", Write(child));
    }

    /// <summary>The record in the form of the service.</summary>
    public static ExecutionRecord Read(JsonObject record) => new()
    {
        Request = new(WorkflowExecution.StartOf(Snapshot(record)), Definition(record))
        {
            Configuration = record["configuration"] as JsonObject ?? JsonObject.Empty,
            TraceHeader = record.Text("traceHeader"),
            ParentExecutionArn = Parent(record),
            ParentTask = record.Text("parentTask"),
            MockTestCase = MockTestCase(record),
        },
        Status = Status(record),
        StopTime = Time(record, "stopTime"),
        Output = record["output"],
        Error = record.Text("error"),
        Cause = record.Text("cause"),
        RedriveCount = RedriveCount(record),
        RedriveTime = RedriveTime(record),
        EventCount = record.Integer("eventCount") ?? 0,
    };

    public static string Instance(JsonObject record) => record.Text("instance")!;

    public static string IndexKey(JsonObject record) => record.Text("place")!;

    public static string? Parent(JsonObject record) => record.Text("parent");

    public static string? MockTestCase(JsonObject record) => record.Text("mockTestCase");

    /// <summary>The Map Run that waits for the end of this child; null for other executions.</summary>
    public static MapChild? MapChild(JsonObject record) =>
        record["mapChild"] is JsonObject child ? new(child.Text("instance")!, (int)(child.Integer("index") ?? 0), (int)(child.Integer("items") ?? 0)) : null;

    public static string Definition(JsonObject record) => record.Text("definition")!;

    public static byte[] Snapshot(JsonObject record) => Encoding.UTF8.GetBytes(record.Text("snapshot")!);

    public static ExecutionStatus Status(JsonObject record) => Enum.Parse<ExecutionStatus>(record.Text("status")!);

    public static int RedriveCount(JsonObject record) => (int)(record.Integer("redriveCount") ?? 0);

    public static DateTimeOffset? RedriveTime(JsonObject record) => Time(record, "redriveTime");

    /// <summary>A later snapshot with the text of the input that the record's has: orchestrations do without.</summary>
    private static string WithInputText(string snapshot, JsonObject record)
    {
        string? text = SnapshotPayloads.Read(Snapshot(record)).InputText;
        var later = SnapshotPayloads.Read(Encoding.UTF8.GetBytes(snapshot));
        return text is null || later.InputText is not null ? snapshot : Encoding.UTF8.GetString(later.WithInputText(text).Write(later.Values));
    }

    private static JsonObject Write(MapChild child) => JsonObject.Create(("instance", child.InstanceId), ("index", child.Index), ("items", child.Items));

    private static JsonString? Text(string? text) => text is null ? null : new(text);

    private static JsonString Instant(DateTimeOffset time) => new(time.ToString("O", CultureInfo.InvariantCulture));

    private static DateTimeOffset? Time(JsonObject record, string name) =>
        record.Text(name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;
}
