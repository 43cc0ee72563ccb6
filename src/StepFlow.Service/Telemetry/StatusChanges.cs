using System.Globalization;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Service.Executions;

namespace StepFlow.Service.Telemetry;

/// <summary>
/// Tells when an execution of a Standard machine starts and ends: the event "Step Functions Execution Status Change" as
/// EventBridge carries it.
/// </summary>
public sealed class StatusChanges(Action<JsonObject> sink, ServiceOptions options) : IExecutionObserver
{
    /// <inheritdoc/>
    public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
    {
        if (execution.Start.IsExpress)
        {
            return;
        }

        var redrive = new RedriveRules(options, TimeProvider.System);
        foreach (HistoryEvent item in events)
        {
            if (item.Type is HistoryEventType.ExecutionStarted or HistoryEventType.ExecutionRedriven)
            {
                // The turn that starts an execution may end it too; what is told of the start knows nothing of the end.
                sink(Event(execution with { Status = ExecutionStatus.Running, StopTime = null, Output = null, Error = null, Cause = null }, item.Timestamp, redrive));
            }
            else if (item.Type is HistoryEventType.ExecutionSucceeded or HistoryEventType.ExecutionFailed or HistoryEventType.ExecutionTimedOut or HistoryEventType.ExecutionAborted)
            {
                sink(Event(execution, item.Timestamp, redrive));
            }
        }
    }

    private JsonObject Event(ExecutionRecord execution, DateTimeOffset time, RedriveRules redrive) => JsonObject.Create(
        ("version", "0"),
        ("id", Guid.NewGuid().ToString("D")),
        ("detail-type", "Step Functions Execution Status Change"),
        ("source", "aws.states"),
        ("account", options.Account),
        ("time", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        ("region", options.Region),
        ("resources", JsonArray.Create(execution.Start.ExecutionArn)),
        ("detail", Detail(execution, redrive)));

    private static JsonObject Detail(ExecutionRecord execution, RedriveRules redrive)
    {
        JsonObject included = JsonObject.Create(("included", true));
        return JsonObject.Create(
            ("executionArn", execution.Start.ExecutionArn),
            ("stateMachineArn", execution.Start.StateMachineArn),
            ("name", execution.Start.Name),
            ("status", StatusNames.Of(execution.Status)),
            ("startDate", execution.Start.StartTime.ToUnixTimeMilliseconds()),
            ("stopDate", execution.StopTime is { } stop ? stop.ToUnixTimeMilliseconds() : JsonValue.Null),
            ("input", execution.Start.InputText ?? execution.Start.Input.ToString()),
            ("inputDetails", included),
            ("output", Text(execution.Output?.ToString())),
            ("outputDetails", execution.Output is null ? JsonValue.Null : included),
            ("error", Text(execution.Error)),
            ("cause", Text(execution.Cause)),
            ("stateMachineVersionArn", Text(execution.Start.StateMachineVersionArn)),
            ("stateMachineAliasArn", Text(execution.Start.StateMachineAliasArn)),
            ("redriveCount", execution.RedriveCount),
            ("redriveDate", execution.RedriveTime is { } redriven ? redriven.ToUnixTimeMilliseconds() : JsonValue.Null),
            ("redriveStatus", redrive.Status(execution)),
            ("redriveStatusReason", Text(redrive.Obstacle(execution))));
    }

    private static JsonValue Text(string? text) => text is null ? JsonValue.Null : text;
}
