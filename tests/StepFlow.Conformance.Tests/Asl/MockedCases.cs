using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Conformance.Tests.Asl.Doubles;
using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>
/// Kind <c>mocked</c>: an execution of a mock configuration's test case. AWS recorded it against real services: what
/// their clients add to a response is not in the mock, and is left out of the comparison.
/// </summary>
internal static class MockedCases
{
    private static readonly string[] OfRealServices =
    [
        "SdkHttpMetadata", "SdkResponseMetadata", "ExecutedVersion", "RedriveCount", "RedriveStatus", "RedriveStatusReason", "taskSubmittedEventDetails",
    ];

    public static Task<Difference?> RunAsync(CaseRun run) => run.Case.IsExpress ? ExpressCases.SyncAsync(run) : run.World.Clock.RunAsync(async () =>
    {
        ApiResult created = await run.World.CallAsync("CreateStateMachine", ExecutionCases.CreateRequest(run.Case));
        JsonObject request = ExecutionCases.StartRequest(run.Case, created.Response!["stateMachineArn"]!);
        ApiResult started = await run.World.CallAsync("StartExecution", request);
        if (started.Error is { } error)
        {
            return new Difference("/StartExecution", "an execution", $"{error.Code}: {error.Message}");
        }

        string arn = AwsResponses.Text(started.Response!, "executionArn")!;
        await run.World.Host.WaitAsync(arn, CancellationToken.None);
        JsonObject described = (await run.World.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", arn)))).Response!;
        foreach (string name in (string[])["status", "output", "error", "cause"])
        {
            if (run.Case.Expected[name] is { } expected
                && run.Matcher.Compare(Prune(expected), described[name] is { } actual ? Prune(Recording.Member(actual)) : null, "/" + name) is { } difference)
            {
                return difference;
            }
        }

        return run.Case.Expected["history"] is JsonArray history
            ? run.CompareHistory(history, await run.HistoryAsync(arn), Prune)
            : null;
    });

    /// <summary>Removes the members that only a real service returns.</summary>
    public static JsonValue Prune(JsonValue value) => value switch
    {
        JsonObject members => members
            .Where(member => !OfRealServices.Contains(member.Key))
            .Aggregate(new JsonObjectBuilder(), (builder, member) => builder.Set(member.Key, Prune(member.Value))).Build(),
        JsonArray items => JsonArray.From(items.Select(Prune)),
        _ => value,
    };
}
