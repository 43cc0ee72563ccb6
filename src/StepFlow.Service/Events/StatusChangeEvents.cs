using System.Globalization;
using StepFlow.Integrations.Responses;
using StepFlow.Service.Executions;

namespace StepFlow.Service.Events;

/// <summary>
/// The event "Step Functions Execution Status Change" in the form of EventBridge (Step Functions developer guide, "Automating
/// Step Functions event delivery with EventBridge").
/// </summary>
/// <param name="options">Account, region and quotas.</param>
public sealed class StatusChangeEvents(ServiceOptions options, TimeProvider time)
{
    /// <summary>The bus that status changes go to.</summary>
    public const string Bus = "default";

    public const string DetailType = "Step Functions Execution Status Change";

    /// <summary>Bytes that input and output may have together; a larger one is left out, and its details say so.</summary>
    private const int MaxBytes = 248 * 1024;

    private static readonly JsonObject Included = JsonObject.Create(("included", true));
    private static readonly JsonObject Omitted = JsonObject.Create(("included", false));

    private readonly RedriveRules _redrive = new(options, time);

    /// <summary>The event of an execution in the status that it has. Its <c>id</c> is the same for every repetition.</summary>
    /// <param name="at">When its status changed.</param>
    public JsonObject Create(ExecutionRecord execution, DateTimeOffset at) => JsonObject.Create(
        ("version", "0"),
        ("id", RequestId.Derive(string.Create(CultureInfo.InvariantCulture, $"{execution.Start.ExecutionArn}/{execution.RedriveCount}"), StatusNames.Of(execution.Status))),
        ("detail-type", DetailType),
        ("source", "aws.states"),
        ("account", options.Account),
        ("time", IsoTime.Seconds(at)),
        ("region", options.Region),
        ("resources", JsonArray.Create(execution.Start.ExecutionArn)),
        ("detail", Detail(execution)));

    /// <summary>The same event without input and output, for carriers that take little.</summary>
    public static JsonObject WithoutData(JsonObject occurrence)
    {
        var detail = (JsonObject)occurrence["detail"]!;
        detail = detail.With("input", JsonValue.Null).With("inputDetails", Omitted);
        return occurrence.With("detail", detail["output"] is JsonString ? detail.With("output", JsonValue.Null).With("outputDetails", Omitted) : detail);
    }

    private JsonObject Detail(ExecutionRecord execution)
    {
        string? output = execution.Output?.ToString();
        string? input = execution.Start.InputText ?? execution.Start.Input.ToString();
        bool hasOutput = output is not null;
        if (Escaped(input) + Escaped(output) > MaxBytes)
        {
            (input, output) = (null, Escaped(output) > MaxBytes ? null : output);
        }

        return JsonObject.Create(
            ("executionArn", execution.Start.ExecutionArn),
            ("stateMachineArn", execution.Start.StateMachineArn),
            ("name", execution.Start.Name),
            ("status", StatusNames.Of(execution.Status)),
            ("startDate", execution.Start.StartTime.ToUnixTimeMilliseconds()),
            ("stopDate", execution.StopTime is { } stop ? stop.ToUnixTimeMilliseconds() : JsonValue.Null),
            ("input", Text(input)),
            ("inputDetails", input is null ? Omitted : Included),
            ("output", Text(output)),
            ("outputDetails", !hasOutput ? JsonValue.Null : output is null ? Omitted : Included),
            ("error", Text(execution.Error)),
            ("cause", Text(execution.Cause)),
            ("stateMachineVersionArn", Text(execution.Start.StateMachineVersionArn)),
            ("stateMachineAliasArn", Text(execution.Start.StateMachineAliasArn)),
            ("redriveCount", execution.RedriveCount),
            ("redriveDate", execution.RedriveTime is { } redriven ? redriven.ToUnixTimeMilliseconds() : JsonValue.Null),
            ("redriveStatus", _redrive.Status(execution)),
            ("redriveStatusReason", Text(_redrive.WhyNotRedrivable(execution))));
    }

    private static long Escaped(string? text) => text is null ? 0 : new JsonString(text).Utf8Length;

    private static JsonValue Text(string? text) => text is null ? JsonValue.Null : text;
}
