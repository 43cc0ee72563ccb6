using System.Globalization;
using System.Text.RegularExpressions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>The shapes of AWS services' responses in a task's result.</summary>
internal sealed partial class AwsResponses(TimeProvider clock)
{
    public TimeProvider Clock => clock;

    public static string NewId() => Guid.NewGuid().ToString("D");

    public static TaskRejected Failed(string error, string cause) => new(error, cause);

    /// <summary>A failure as the service's Java client (version 1) words it.</summary>
    public static TaskRejected Failed(string error, string message, string service, int status, string code) =>
        new(error, $"{message} (Service: {service}; Status Code: {status}; Error Code: {code}; Request ID: {NewId()}; Proxy: null)");

    /// <summary>A failure as SDK integrations word it.</summary>
    public static TaskRejected SdkFailed(string error, string message, string service, int status, string suffix = "") =>
        new(error, $"{message} (Service: {service}, Status Code: {status}, Request ID: {NewId()}){suffix}");

    /// <summary>A response of the optimised integration in the shape of the SDK integration of the same service: no metadata, and failures in its own form.</summary>
    /// <param name="outcome">The response.</param>
    /// <param name="service">The service as the Resource names it: <c>aws-sdk:sns</c>.</param>
    public static TaskOutcome AsSdk(TaskOutcome outcome, string service)
    {
        string name = service["aws-sdk:".Length..];
        string shown = char.ToUpperInvariant(name[0]) + name[1..];
        return outcome switch
        {
            TaskCompleted { Output: JsonObject response } => new TaskCompleted(response.Without("SdkHttpMetadata").Without("SdkResponseMetadata")),
            TaskRejected { Cause: { } cause } rejected when OptimisedCause().Match(cause) is { Success: true } match => new TaskRejected(
                shown + rejected.Error[rejected.Error.IndexOf('.', StringComparison.Ordinal)..],
                $"{match.Groups["message"].Value} (Service: {shown}, Status Code: {match.Groups["status"].Value}, Request ID: {match.Groups["id"].Value})"),
            _ => outcome,
        };
    }

    /// <summary>A response with the HTTP metadata of an optimised integration.</summary>
    /// <param name="members">The members without the metadata.</param>
    /// <param name="contentType">The content type of the service's protocol.</param>
    /// <param name="contentLength">The length of the service's response in bytes.</param>
    /// <param name="headers">Further headers.</param>
    /// <param name="requestIdHeader">How the service spells the header of the request's id.</param>
    public JsonObject WithMetadata(JsonObject members, string contentType, int contentLength, (string Name, string Value)[] headers, string requestIdHeader = "x-amzn-RequestId")
    {
        string requestId = NewId();
        (string Name, string Value)[] all =
        [
            .. headers,
            (requestIdHeader, requestId),
            ("Content-Length", contentLength.ToString(CultureInfo.InvariantCulture)),
            ("Date", clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture)),
            ("Content-Type", contentType),
        ];
        var lists = new JsonObjectBuilder();
        var texts = new JsonObjectBuilder();
        foreach ((string name, string value) in all)
        {
            lists.Set(name, JsonArray.Create(value));
            texts.Set(name, value);
        }

        return members
            .With("SdkHttpMetadata", JsonObject.Create(("AllHttpHeaders", lists.Build()), ("HttpHeaders", texts.Build()), ("HttpStatusCode", 200)))
            .With("SdkResponseMetadata", JsonObject.Create(("RequestId", requestId)));
    }

    public static string? Text(JsonValue arguments, string name) => ((arguments as JsonObject)?[name] as JsonString)?.Value;

    /// <summary>A value as a service's text parameter: a text as it is, anything else as JSON.</summary>
    public static string AsText(JsonValue value) => value is JsonString text ? text.Value : value.ToString();

    [GeneratedRegex(@"^(?<message>.*) \(Service: \w+; Status Code: (?<status>\d+); Error Code: \S+; Request ID: (?<id>[^;]*); Proxy: null\)$", RegexOptions.Singleline)]
    private static partial Regex OptimisedCause();
}
