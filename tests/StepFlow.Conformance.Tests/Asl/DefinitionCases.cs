using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>Kinds <c>create-error</c> and <c>validate</c>: the service's verdict on a definition.</summary>
internal static class DefinitionCases
{
    public static async Task<Difference?> CreateErrorAsync(CaseRun run) => CompareError(
        run,
        "CreateStateMachine",
        await run.World.CallAsync("CreateStateMachine", run.Case.Parameters.With("definition", run.Case.DefinitionText)));

    public static async Task<Difference?> ValidateAsync(CaseRun run)
    {
        ApiResult result = await run.World.CallAsync("ValidateStateMachineDefinition", run.Case.Parameters.With("definition", run.Case.DefinitionText));
        KeyValuePair<string, JsonValue> expected = run.Case.Expected.First();
        return run.Matcher.Compare(expected.Value, CaseRun.Recorded(result), "/" + expected.Key);
    }

    /// <summary>Kind <c>start-error</c>: StartExecution must fail so.</summary>
    public static async Task<Difference?> StartErrorAsync(CaseRun run)
    {
        ApiResult created = await run.World.CallAsync("CreateStateMachine", JsonObject.Create(
            ("name", run.Case.Text("stateMachineName")!), ("definition", run.Case.DefinitionText), ("roleArn", run.Case.RoleArn)));
        if (run.Case.Expected["creation_resp"] is { } snapshot && run.Matcher.Compare(snapshot, CaseRun.Recorded(created), "/creation_resp") is { } difference)
        {
            return difference;
        }

        return CompareError(run, "StartExecution", await run.World.CallAsync("StartExecution", JsonObject.Create(
            ("stateMachineArn", created.Response!["stateMachineArn"]!), ("input", run.Case.InputText!))));
    }

    /// <summary>Kind <c>test-state</c>: TestState.</summary>
    public static Task<Difference?> TestStateAsync(CaseRun run) => run.World.Clock.RunAsync(async () =>
    {
        JsonObject request = run.Case.Parameters.With("definition", run.Case.DefinitionText);
        return CompareError(run, "TestState", await run.World.CallAsync("TestState", run.Case.InputText is { } input ? request.With("input", input) : request));
    });

    /// <summary>Compares a failure with the recording: the response, or the client's exception.</summary>
    public static Difference? CompareError(CaseRun run, string operation, ApiResult result)
    {
        foreach (KeyValuePair<string, JsonValue> expected in run.Case.Expected.Where(expected => expected.Key != "creation_resp"))
        {
            JsonObject actual = expected.Value is JsonObject members && members.ContainsKey("exception_typename")
                ? ClientException.Of(operation, result)
                : CaseRun.Recorded(result);
            if (run.Matcher.Compare(expected.Value, actual, "/" + expected.Key) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }
}
