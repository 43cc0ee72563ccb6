using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>Kind <c>express-sync</c>: one synchronous Express execution.</summary>
internal static class ExpressCases
{
    public static Task<Difference?> RunSyncAsync(CaseRun run) => run.World.Clock.RunAsync(async () =>
    {
        ApiResult created = await run.World.CallAsync("CreateStateMachine", ExecutionCases.CreateRequest(run.Case));
        if (created.Error is { } refused)
        {
            return new("/CreateStateMachine", "a state machine", $"{refused.Code}: {refused.Message}");
        }

        JsonObject request = JsonObject.Create(("stateMachineArn", created.Response!["stateMachineArn"]!), ("input", run.Case.InputText ?? "{}"));
        ApiResult ended = await run.World.CallAsync("StartSyncExecution", request);
        foreach (KeyValuePair<string, JsonValue> expected in run.Case.Expected)
        {
            Difference? difference = expected.Key switch
            {
                "creation_response" => run.Matcher.Compare(expected.Value, CaseRun.Recorded(created), "/creation_response"),
                "start_execution_sync_response" => run.Matcher.Compare(expected.Value, CaseRun.Recorded(ended), "/start_execution_sync_response"),
                _ => ended.Error is { } error
                    ? new("/" + expected.Key, expected.Value.ToString(), $"{error.Code}: {error.Message}")
                    : run.Matcher.Compare(expected.Value, ended.Response![expected.Key] is { } actual ? Recording.Member(actual) : null, "/" + expected.Key),
            };
            if (difference is not null)
            {
                return difference;
            }
        }

        return null;
    });
}
