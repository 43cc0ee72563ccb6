using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Conformance.Tests.Asl.Doubles;
using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>Kinds <c>express-sync</c> and <c>express-async</c>: an Express execution, by its response or its log.</summary>
internal static class ExpressCases
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    public static Task<Difference?> SyncAsync(CaseRun run) => run.World.Clock.RunAsync(async () =>
    {
        (ApiResult created, JsonObject request) = await CreateAsync(run);
        ApiResult response = await run.World.CallAsync("StartSyncExecution", request);
        return Compare(run, created, "start_execution_sync_response", response.IsSuccess ? run.Renamed(response.Response) : JsonObject.Empty);
    });

    public static Task<Difference?> AsyncAsync(CaseRun run) => run.World.Clock.RunAsync(async () =>
    {
        (ApiResult created, JsonObject request) = await CreateAsync(run);
        ApiResult started = await run.World.CallAsync("StartExecution", request);
        if (started.Error is { } error)
        {
            return new Difference("/StartExecution", "an execution", $"{error.Code}: {error.Message}");
        }

        while (!run.World.Log.Of().Any(LogComparison.IsEnd))
        {
            await Task.Delay(Poll, run.World.Clock);
        }

        return Compare(run, created, "end_event", run.Renamed(run.World.Log.Of().Last(LogComparison.IsEnd)));
    });

    private static async Task<(ApiResult Created, JsonObject Start)> CreateAsync(CaseRun run)
    {
        ApiResult created = await run.World.CallAsync("CreateStateMachine", ExecutionCases.CreateRequest(run.Case));
        string arn = AwsResponses.Text(created.Response ?? throw new InvalidOperationException(created.Error!.Message), "stateMachineArn")!;
        JsonObject request = JsonObject.Create(("stateMachineArn", run.Case.Text("mockTestCase") is { } testCase ? $"{arn}#{testCase}" : arn));
        if (run.Case.InputText is { } input)
        {
            request = request.With("input", input);
        }

        return (created, request);
    }

    private static Difference? Compare(CaseRun run, ApiResult created, string key, JsonObject actual)
    {
        foreach (KeyValuePair<string, JsonValue> expected in run.Case.Expected)
        {
            Difference? difference = expected.Key switch
            {
                "creation_response" => run.Matcher.Compare(expected.Value, CaseRun.Recorded(created), "/creation_response"),
                _ when expected.Value is JsonArray log && LogComparison.IsLog(log) => LogComparison.Compare(run, log),
                _ when expected.Key == key => run.Matcher.Compare(Kept(run, Billed(expected.Value)), Kept(run, Billed(Recording.Of(actual))), "/" + key),
                "status" or "output" or "error" or "cause" => run.Matcher.Compare(
                    Kept(run, expected.Value),
                    actual[expected.Key] is { } value ? Kept(run, Recording.Member(value)) : null,
                    "/" + expected.Key),
                _ => null,
            };
            if (difference is not null)
            {
                return difference;
            }
        }

        return null;
    }

    private static JsonValue Kept(CaseRun run, JsonValue value) => run.Case.Kind == "mocked" ? MockedCases.Prune(value) : value;

    /// <summary>How long AWS's own functions took is part of the recorded bill; the memory is always the smallest.</summary>
    private static JsonObject Billed(JsonValue snapshot)
    {
        JsonObject kept = ((JsonObject)snapshot).Without("ResponseMetadata");
        return kept["billingDetails"] is JsonObject billing
            ? kept.With("billingDetails", billing.Without("billedDurationInMilliseconds"))
            : kept;
    }
}
