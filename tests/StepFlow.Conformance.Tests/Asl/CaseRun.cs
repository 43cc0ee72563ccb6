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

    public Difference? CompareHistory(JsonArray expected, JsonArray actual) =>
        new HistoryComparison(Placeholders, _changes, Matcher).Compare(expected, (JsonArray)Recording.Of(actual), Case.Expected["historyIncomplete"] == JsonValue.True);

    /// <summary>All events of an execution.</summary>
    public async Task<JsonArray> HistoryAsync(string executionArn)
    {
        var events = new List<JsonValue>();
        JsonObject request = JsonObject.Create(("executionArn", executionArn), ("maxResults", 1000), ("includeExecutionData", JsonValue.True));
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

    private static JsonObject Metadata(int status) =>
        JsonObject.Create(("HTTPHeaders", JsonObject.Empty), ("HTTPStatusCode", status));
}
