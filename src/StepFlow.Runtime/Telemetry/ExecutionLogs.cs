using System.Globalization;
using StepFlow.Execution.History;
using StepFlow.Runtime.History;

namespace StepFlow.Runtime.Telemetry;

/// <summary>Writes execution logs, with the level and the data of the state machine's logging configuration.</summary>
public sealed class ExecutionLogs(IExecutionLogSink sink) : IExecutionObserver
{
    public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
    {
        if (execution.Request.Configuration["loggingConfiguration"] is not JsonObject logging || logging["level"] is not JsonString { Value: var level } || level == "OFF")
        {
            return;
        }

        bool withData = logging["includeExecutionData"] is JsonBoolean { Value: true };
        foreach (HistoryEvent item in events)
        {
            if (LogLevels.Includes(level, item.Type))
            {
                sink.Write(new(Destination(logging), LogLevels.IsError(item.Type), Record(execution, item, withData)));
            }
        }
    }

    private static string? Destination(JsonObject logging) =>
        logging["destinations"] is JsonArray { Count: > 0 } destinations
        && destinations[0] is JsonObject destination
        && destination["cloudWatchLogsLogGroup"] is JsonObject group
            ? group.Text("logGroupArn")
            : null;

    private static JsonObject Record(ExecutionRecord execution, HistoryEvent item, bool withData)
    {
        JsonObject view = HistoryView.Of(item, withData);
        JsonValue? details = view.FirstOrDefault(member => member.Key.EndsWith("EventDetails", StringComparison.Ordinal)).Value;
        return new JsonObjectBuilder(7)
            .Set("id", item.Id.ToString(CultureInfo.InvariantCulture))
            .Set("type", view["type"]!)
            .SetIfPresent("details", details)
            .Set("previous_event_id", item.PreviousEventId.ToString(CultureInfo.InvariantCulture))
            .Set("event_timestamp", item.Timestamp.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))
            .Set("execution_arn", execution.Start.ExecutionArn)
            .Set("redrive_count", execution.RedriveCount.ToString(CultureInfo.InvariantCulture))
            .Build();
    }
}
