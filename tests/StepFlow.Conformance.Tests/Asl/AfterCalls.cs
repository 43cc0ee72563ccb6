using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Conformance.Tests.Asl.Doubles;
using StepFlow.Conformance.Tests.Asl.Scripts;
using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>The calls that a test makes after its execution, and the recorded parts of their responses.</summary>
internal static class AfterCalls
{
    public static async Task<Difference?> CompareAsync(CaseRun run)
    {
        var calls = new ClientCalls(run.World);
        foreach (JsonObject step in run.Case.After)
        {
            string[] operation = AwsResponses.Text(step, "op")!.Split('.');
            JsonObject arguments = step["args"] as JsonObject ?? JsonObject.Empty;
            ApiResult? result = operation[0] == "stepfunctions"
                ? await run.World.CallAsync(Script.OperationName(operation[1]), arguments)
                : await calls.RespondAsync(operation[0], operation[1], arguments, isOver: true) is { } returned ? ApiResult.Success(returned) : null;
            if (AwsResponses.Text(step, "key") is not { } key || run.Case.Expected[key] is not { } expected)
            {
                continue;
            }

            if (result is not { } outcome)
            {
                run.World.MissingDouble ??= $"no double stands for {operation[0]}.{operation[1]}";
                return null;
            }

            JsonValue actual = AwsResponses.Text(step, "path") is { } path && outcome.Response is { } response
                ? Recording.Of(ScriptResponses.Walk(response, path))
                : CaseRun.Recorded(outcome);
            if (run.Matcher.Compare(expected, actual, "/" + key) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }
}
