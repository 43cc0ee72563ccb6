using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>Kinds <c>create-error</c> and <c>validate</c>: what the service says of a definition.</summary>
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

    /// <summary>Compares a failure with the recording: the response, or the client's exception.</summary>
    public static Difference? CompareError(CaseRun run, string operation, ApiResult result)
    {
        foreach (KeyValuePair<string, JsonValue> expected in run.Case.Expected)
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
