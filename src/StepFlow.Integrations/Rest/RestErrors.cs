using StepFlow.Language.Evaluation;

namespace StepFlow.Integrations.Rest;

/// <summary>How calls of REST APIs fail.</summary>
internal static class RestErrors
{
    private const string Prefix = "Rest.";

    public const string InvalidArgument = Prefix + "InvalidArgument";

    public const string NotAllowed = Prefix + "NotAllowed";

    /// <summary>The response is not a success. The error's name is its code, otherwise its status.</summary>
    public static TaskRejected Refused(RestResponse response) =>
        Failure(response.Error, $"StatusCode.{response.Status}", ("StatusCode", response.Status), ("Body", response.Body));

    /// <summary>The operation did not end well.</summary>
    /// <param name="response">The last response.</param>
    public static TaskRejected OperationEnded(string status, RestResponse response) =>
        Failure(response.Error, IsCanceled(status) ? "OperationCanceled" : "OperationFailed", ("Status", status), ("Body", response.Body));

    /// <summary>The response is larger than allowed.</summary>
    public static TaskRejected TooLarge(RestTarget target) => new(
        ErrorNames.DataLimitExceeded,
        $"The response of the REST target '{target.Name}' is larger than {target.Options.MaxResponseBytes} bytes. See the setting '{TaskErrors.Section}:Rest:{target.Name}:MaxResponseBytes'.");

    /// <summary>The operation's address is on another server.</summary>
    public static TaskRejected Elsewhere(Uri url) => new(
        Prefix + "OperationElsewhere", $"The service names the server '{url.GetLeftPart(UriPartial.Authority)}' for the operation, which is another server. The credentials are not sent there.");

    public static string UnknownUrl(string url) =>
        $"The address '{url}' is not part of a REST target. Add the setting '{TaskErrors.Section}:Rest:NAME:Url' with the part of the address that tasks can call.";

    public static string UnknownTarget(string name) =>
        $"The REST target '{name}' is not known. Add the setting '{TaskErrors.Section}:Rest:{name}:Url'.";

    /// <summary>Whether an operation was cancelled: both spellings are in use.</summary>
    public static bool IsCanceled(string status) => status.Equals("Canceled", StringComparison.OrdinalIgnoreCase) || status.Equals("Cancelled", StringComparison.OrdinalIgnoreCase);

    /// <summary>An error under the name of the service that was called.</summary>
    public static string Renamed(string error, string prefix) => error.StartsWith(Prefix, StringComparison.Ordinal) ? prefix + error[Prefix.Length..] : error;

    private static TaskRejected Failure(JsonObject? error, string otherwise, params ReadOnlySpan<(string Name, JsonValue Value)> cause) =>
        new(Prefix + (error?["code"] is JsonString { Value: { Length: > 0 } code } ? code : otherwise), JsonObject.Create(cause).ToString());
}
