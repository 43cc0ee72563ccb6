using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Conformance.Tests.Asl.Doubles;
using StepFlow.Language.Json;
using StepFlow.Service;
using StepFlow.Service.Errors;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>One case being run: its world, and its comparisons.</summary>
internal sealed class CaseRun : IDisposable
{
    private readonly ServiceChanges _changes;

    public CaseRun(AslCase aslCase, JsonObject handlers)
    {
        Case = aslCase;
        World = new(aslCase, handlers);
        Placeholders = new(aslCase);
        _changes = new(aslCase.Recorded);
        Matcher = new(Placeholders, _changes);
    }

    public AslCase Case { get; }

    public AwsWorld World { get; }

    public Placeholders Placeholders { get; }

    public Matcher Matcher { get; }

    /// <summary>A response as the recordings show it.</summary>
    public static JsonObject Recorded(ApiResult result) => result.Error is { } error
        ? Recorded(error)
        : (JsonObject)Recording.Of(result.Response!.With("ResponseMetadata", Metadata(200)));

    public static JsonObject Recorded(ApiError error)
    {
        JsonObject body = JsonObject.Create(("Error", JsonObject.Create(("Code", error.Code), ("Message", error.Message))));
        return (JsonObject)Recording.Of((error.Message.Length > 0 ? body.With("message", error.Message) : body).With("ResponseMetadata", Metadata(error.Status)));
    }

    public void Dispose() => World.Dispose();

    /// <summary>
    /// A response with the parts of an Express execution's ARN in the form of the recording's placeholders: a client cannot
    /// choose them.
    /// </summary>
    public JsonObject Renamed(JsonObject response)
    {
        string? arn = ((response["executionArn"] ?? response["execution_arn"]) as JsonString)?.Value;
        string text = response.ToString();
        if (arn?.Split(':') is [.., "express", _, var name, var id])
        {
            foreach (JsonObject placeholder in Case.Placeholders.Concat(Case.Normalisations))
            {
                string shown = AwsResponses.Text(placeholder, "placeholder") ?? AwsResponses.Text(placeholder, "replacement") ?? string.Empty;
                string? own = shown.Contains("ExecArn_Part1_0idx", StringComparison.Ordinal) ? name : shown.Contains("ExecArn_Part2_0idx", StringComparison.Ordinal) ? id : null;
                text = own is null ? text : text.Replace(own, AwsResponses.Text(placeholder, "value"), StringComparison.Ordinal);
            }
        }

        return (JsonObject)JsonValue.Parse(text);
    }

    /// <summary>Where two histories first differ.</summary>
    /// <param name="expected">The recorded events.</param>
    /// <param name="actual">The events as the service returned them.</param>
    /// <param name="keep">Removes from both the values that the recording does not contain; null for nothing.</param>
    public Difference? CompareHistory(JsonArray expected, JsonArray actual, Func<JsonValue, JsonValue>? keep = null) =>
        new HistoryComparison(Placeholders, _changes, Matcher).Compare(Kept(expected, keep), Kept(Recording.Of(actual), keep), Case.Expected["historyIncomplete"] == JsonValue.True);

    /// <summary>All events of an execution.</summary>
    public async Task<JsonArray> HistoryAsync(string executionArn, bool reverse = false)
    {
        var events = new List<JsonValue>();
        JsonObject request = JsonObject.Create(("executionArn", executionArn), ("maxResults", 1000), ("includeExecutionData", JsonValue.True), ("reverseOrder", reverse));
        while (true)
        {
            ApiResult page = await World.CallAsync("GetExecutionHistory", request);
            if (!page.IsSuccess)
            {
                throw new InvalidOperationException(page.Error.Message);
            }

            events.AddRange((JsonArray)page.Response["events"]!);
            if (page.Response["nextToken"] is not { } token)
            {
                return JsonArray.From(events);
            }

            request = request.With("nextToken", token);
        }
    }

    private static JsonArray Kept(JsonValue events, Func<JsonValue, JsonValue>? keep) => (JsonArray)(keep?.Invoke(events) ?? events);

    private static JsonObject Metadata(int status) =>
        JsonObject.Create(("HTTPHeaders", JsonObject.Empty), ("HTTPStatusCode", status));
}
