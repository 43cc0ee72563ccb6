using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Conformance.Tests.Asl.Doubles;
using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>Kind <c>events</c>: the reports of an execution's status.</summary>
internal static class EventCases
{
    public static Task<Difference?> RunAsync(CaseRun run) => run.World.Clock.RunAsync(async () =>
    {
        ApiResult created = await run.World.CallAsync("CreateStateMachine", ExecutionCases.CreateRequest(run.Case));
        ApiResult started = await run.World.CallAsync("StartExecution", ExecutionCases.StartRequest(run.Case, created.Response!["stateMachineArn"]!));
        await run.World.Host.WaitAsync(AwsResponses.Text(started.Response!, "executionArn")!, CancellationToken.None);
        KeyValuePair<string, JsonValue> expected = run.Case.Expected.First();
        return run.Matcher.Compare(expected.Value, Recording.Of(JsonArray.From(run.World.StatusChanges)), "/" + expected.Key);
    });
}
