namespace StepFlow.Execution.History;

/// <summary>Reads events that <see cref="HistoryEventJson"/> wrote.</summary>
internal static class HistoryEventReader
{
    public static HistoryEvent Read(JsonValue json)
    {
        if (json is not JsonObject source)
        {
            throw new FormatException("A history event is a JSON object.");
        }

        string typeName = Text(source, "type");
        if (!Enum.TryParse(typeName, out HistoryEventType type) || type.ToString() != typeName)
        {
            throw new FormatException($"'{typeName}' is not a type of history event.");
        }

        return new()
        {
            Id = Number(source, "id"),
            PreviousEventId = Number(source, "previousEventId"),
            Timestamp = EpochSeconds.Parse(((source["timestamp"] as JsonNumber) ?? throw Missing("timestamp")).Text),
            Type = type,
            Details = source[DetailsName.Of(type).Value] is JsonObject details ? Details(type, details) : null,
        };
    }

    private static EventDetails Details(HistoryEventType type, JsonObject details) => type switch
    {
        HistoryEventType.ExecutionStarted => new ExecutionStartedDetails(Payload(details, "input"), Text(details, "roleArn"))
        {
            InputText = Verbatim(details),
            StateMachineAliasArn = details.Text("stateMachineAliasArn"),
            StateMachineVersionArn = details.Text("stateMachineVersionArn"),
        },
        HistoryEventType.ExecutionSucceeded or HistoryEventType.LambdaFunctionSucceeded or HistoryEventType.ActivitySucceeded =>
            new OutputDetails(Payload(details, "output")),
        HistoryEventType.ExecutionRedriven => new ExecutionRedrivenDetails((int)Number(details, "redriveCount")),
        HistoryEventType.EvaluationFailed => new EvaluationFailedDetails(
            Text(details, "state"), details.Text("error"), details.Text("cause"), details.Text("location")),
        HistoryEventType.MapStateStarted => new MapStateStartedDetails(Number(details, "length")),
        HistoryEventType.MapIterationStarted or HistoryEventType.MapIterationSucceeded or HistoryEventType.MapIterationFailed
            or HistoryEventType.MapIterationAborted => new MapIterationDetails(Text(details, "name"), Number(details, "index")),
        HistoryEventType.MapRunStarted => new MapRunStartedDetails(Text(details, "mapRunArn")),
        HistoryEventType.MapRunRedriven => new MapRunRedrivenDetails(Text(details, "mapRunArn"), (int)Number(details, "redriveCount")),
        HistoryEventType.TaskScheduled => new TaskScheduledDetails(
            Text(details, "resourceType"), Text(details, "resource"), Text(details, "region"), Payload(details, "parameters"))
        {
            TimeoutInSeconds = OptionalNumber(details, "timeoutInSeconds"),
            HeartbeatInSeconds = OptionalNumber(details, "heartbeatInSeconds"),
            CredentialsRoleArn = Credentials(details),
        },
        HistoryEventType.LambdaFunctionScheduled => new LambdaFunctionScheduledDetails(Text(details, "resource"), Payload(details, "input"))
        {
            TimeoutInSeconds = OptionalNumber(details, "timeoutInSeconds"),
            CredentialsRoleArn = Credentials(details),
        },
        HistoryEventType.ActivityScheduled => new ActivityScheduledDetails(Text(details, "resource"), Payload(details, "input"))
        {
            TimeoutInSeconds = OptionalNumber(details, "timeoutInSeconds"),
            HeartbeatInSeconds = OptionalNumber(details, "heartbeatInSeconds"),
        },
        HistoryEventType.ActivityStarted => new ActivityStartedDetails(details.Text("workerName")),
        HistoryEventType.TaskStarted => new TaskStartedDetails(Text(details, "resourceType"), Text(details, "resource")),
        HistoryEventType.TaskSubmitted or HistoryEventType.TaskSucceeded =>
            new TaskOutputDetails(Text(details, "resourceType"), Text(details, "resource"), Payload(details, "output")),
        HistoryEventType.TaskFailed or HistoryEventType.TaskTimedOut or HistoryEventType.TaskStartFailed
            or HistoryEventType.TaskSubmitFailed => new TaskFailureDetails(
                Text(details, "resourceType"), Text(details, "resource"), details.Text("error"), details.Text("cause")),
        _ when details.ContainsKey("input") => new StateEnteredDetails(Text(details, "name"), Payload(details, "input"))
        {
            InputText = Verbatim(details),
        },
        _ when details.ContainsKey("output") => new StateExitedDetails(
            Text(details, "name"), Payload(details, "output"), Variables(details)),
        _ => new FailureDetails(details.Text("error"), details.Text("cause")),
    };

    private static JsonObject? Variables(JsonObject details) => details["assignedVariables"] is JsonObject texts
        ? JsonObject.Create([.. texts.Select(variable => (variable.Key, Payload(texts, variable.Key)))])
        : null;

    private static JsonValue Payload(JsonObject details, string name) => JsonValue.Parse(Text(details, name));

    /// <summary>The input's text, if it differs from the text of its value.</summary>
    private static string? Verbatim(JsonObject details)
    {
        string text = Text(details, "input");
        return JsonValue.Parse(text).ToString() == text ? null : text;
    }

    private static string? Credentials(JsonObject details) =>
        details["taskCredentials"] is JsonObject credentials ? credentials.Text("roleArn") : null;

    private static string Text(JsonObject source, string name) => source.Text(name) ?? throw Missing(name);

    private static long Number(JsonObject source, string name) => OptionalNumber(source, name) ?? throw Missing(name);

    private static long? OptionalNumber(JsonObject source, string name) =>
        source[name] is JsonNumber number && number.TryGetInt64(out long value) ? value : null;

    private static FormatException Missing(string name) => new($"A history event lacks '{name}'.");
}
