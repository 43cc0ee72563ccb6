namespace StepFlow.Service.StateMachines;

/// <summary>Checks and completes what requests that create and update state machines have in common: logging, tracing, encryption, publication.</summary>
internal static class MachineSettings
{
    private static readonly JsonObject LoggingOff = JsonObject.Create(("level", "OFF"), ("includeExecutionData", false));
    private static readonly JsonObject TracingOff = JsonObject.Create(("enabled", false));

    /// <summary>The logging configuration; off where none is given.</summary>
    /// <exception cref="ApiException"><c>InvalidLoggingConfiguration</c>.</exception>
    public static JsonObject? Logging(JsonObject request)
    {
        if (request.Object("loggingConfiguration") is not { } given)
        {
            return null;
        }

        string level = given.Text("level") ?? "OFF";
        JsonArray? destinations = given.Array("destinations");
        string[] groups = [.. (destinations ?? JsonArray.Empty).OfType<JsonObject>().Select(LogGroup).OfType<string>()];
        if (destinations?.Count > 1 || (level != "OFF" && groups.Length == 0))
        {
            throw ApiErrors.InvalidLogging(ApiErrors.OneLogDestinationText);
        }

        return new JsonObjectBuilder()
            .Set("level", level)
            .Set("includeExecutionData", given.Boolean("includeExecutionData") ?? false)
            .SetIfPresent("destinations", destinations is null ? null : JsonArray.From(groups.Select(Destination)))
            .Build();
    }

    private static string? LogGroup(JsonObject destination) => destination.Object("cloudWatchLogsLogGroup")?.Text("logGroupArn");

    private static JsonValue Destination(string logGroup) =>
        JsonObject.Create(("cloudWatchLogsLogGroup", JsonObject.Create(("logGroupArn", logGroup))));

    /// <summary>The logging configuration of a new machine.</summary>
    public static JsonObject NewLogging(JsonObject request) => Logging(request) ?? LoggingOff;

    /// <summary>The tracing configuration; null where none is given.</summary>
    public static JsonObject? Tracing(JsonObject request) =>
        request.Object("tracingConfiguration") is { } given ? JsonObject.Create(("enabled", given.Boolean("enabled") ?? false)) : null;

    /// <summary>The tracing configuration of a new machine.</summary>
    public static JsonObject NewTracing(JsonObject request) => Tracing(request) ?? TracingOff;

    /// <summary>Whether the request publishes a version.</summary>
    /// <exception cref="ApiException"><c>ValidationException</c>: the request has a description of a version, but does not publish one.</exception>
    public static bool Publish(JsonObject request) =>
        request.Boolean("publish") == true || (request.Text("versionDescription") is null ? false : throw ApiErrors.Validation(MachineMessages.DescriptionWithoutPublish));

    /// <summary>The default encryption of state machines and activities.</summary>
    public static JsonObject OwnedKey { get; } = JsonObject.Create(("type", "AWS_OWNED_KEY"));

    /// <summary>The encryption configuration; null where none is given.</summary>
    /// <exception cref="ApiException"><c>InvalidEncryptionConfiguration</c>: keys of a key management service are not supported, rather than ignored.</exception>
    public static JsonObject? Encryption(JsonObject request)
    {
        if (request.Object("encryptionConfiguration") is not { } given)
        {
            return null;
        }

        if (given.Text("type") != "AWS_OWNED_KEY")
        {
            throw ApiErrors.InvalidEncryption("Customer managed keys are not supported. Encrypt the storage of the executions instead.");
        }

        return given.Text("kmsKeyId") is null
            ? OwnedKey
            : throw ApiErrors.InvalidEncryption("You cannot set kmsKeyId when EncryptionType is AWS_OWNED_KEY.");
    }
}
