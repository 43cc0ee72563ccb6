using System.Globalization;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Service;
using StepFlow.Service.Errors;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>Step Functions as a task: the service itself, with the names and dates of a task's answer.</summary>
internal sealed class StepFunctionsDouble(AwsWorld world, AwsAnswers answers)
{
    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        string operation = char.ToUpperInvariant(call.Resource.Action[0]) + call.Resource.Action[1..];
        var request = new JsonObjectBuilder();
        foreach (KeyValuePair<string, JsonValue> argument in (JsonObject)call.Arguments)
        {
            string name = char.ToLowerInvariant(argument.Key[0]) + argument.Key[1..];
            JsonValue value = name is "input" or "output" && argument.Value is not JsonString
                ? (argument.Value.IsNull ? "{}" : argument.Value.ToString())
                : argument.Value;
            request.Set(name, value);
        }

        if (operation == "StartExecution" && !world.Knows(AwsAnswers.Text(call.Arguments, "StateMachineArn")))
        {
            // The recordings do not hold the machines that a task starts and forgets: only its answer counts.
            return Started(call, request.Build());
        }

        ApiResult result = await world.Service.InvokeAsync(operation, request.Build(), CallerContext.Internal, cancellationToken);
        if (result.Error is { } error)
        {
            return Failed(call, error);
        }

        JsonObject answer = Capitalised(result.Response!, call.Resource.IsSdk);
        return new TaskCompleted(call.Resource.IsSdk ? answer : WithMetadata(answer));
    }

    private static TaskRejected Failed(TaskCall call, ApiError error)
    {
        string name = error.Code.EndsWith("Exception", StringComparison.Ordinal) || !call.Resource.IsSdk ? error.Code : error.Code + "Exception";
        return call.Resource.IsSdk
            ? AwsAnswers.SdkFailed("Sfn." + name, error.Message, "Sfn", error.Status, " (SDK Attempt Count: 1)")
            : AwsAnswers.Failed($"StepFunctions.{name}Exception", error.Message, "AWSStepFunctions", error.Status, error.Code);
    }

    private static JsonObject Capitalised(JsonObject response, bool sdk)
    {
        var answer = new JsonObjectBuilder();
        foreach (KeyValuePair<string, JsonValue> member in response)
        {
            JsonValue value = sdk && member.Key.EndsWith("Date", StringComparison.Ordinal) && member.Value is JsonNumber seconds
                ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds.ToDouble() * 1000)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
                : member.Value;
            answer.Set(char.ToUpperInvariant(member.Key[0]) + member.Key[1..], value);
        }

        return answer.Build();
    }

    private JsonObject WithMetadata(JsonObject answer) => answers.WithMetadata(
        answer, "application/x-amz-json-1.0", (int)answer.Utf8Length, [("connection", "keep-alive")]);

    private TaskCompleted Started(TaskCall call, JsonObject request)
    {
        string name = AwsAnswers.Text(request, "name") ?? AwsAnswers.NewId();
        string arn = AwsAnswers.Text(request, "stateMachineArn")!.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + ":" + name;
        JsonObject answer = Capitalised(
            JsonObject.Create(("executionArn", arn), ("startDate", JsonNumber.Create(answers.Clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0))),
            call.Resource.IsSdk);
        return new(call.Resource.IsSdk ? answer : WithMetadata(answer));
    }
}
