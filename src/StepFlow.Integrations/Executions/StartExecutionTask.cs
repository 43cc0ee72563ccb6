using StepFlow.Language;

namespace StepFlow.Integrations.Executions;

/// <summary>
/// <c>states:startExecution</c> and <c>aws-sdk:sfn:startExecution</c> (Step Functions API, StartExecution). Without a
/// name the execution is named after the call, so that a repetition does not start it twice.
/// </summary>
internal sealed class StartExecutionTask(IExecutionStarter starter, TimeProvider time, bool sdk) : ITaskIntegration
{
    public string Name => sdk ? "aws-sdk:sfn:startExecution" : "states:startExecution";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string machine = arguments.RequiredText("StateMachineArn");
        string name = arguments.Text("Name") ?? RequestId.Derive(call.IdempotencyKey, "execution");
        string input = arguments.Value("Input") switch
        {
            null => "{}",
            JsonString text => text.Value,
            JsonValue value => value.ToString(),
        };
        if (arguments.Problem is { } problem)
        {
            return AwsService.StepFunctions.Fail(call, AwsFailure.Unmodelled("ValidationException", problem));
        }

        StartResult result = await starter.StartAsync(
            new(machine, name, input) { Parent = call, TraceHeader = arguments.Text("TraceHeader") },
            cancellationToken);
        return result switch
        {
            Started started => Response(call, started),
            StartRefused refused => AwsService.StepFunctions.Fail(call, AwsFailure.Modelled(refused.Code, refused.Message)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private TaskOutcome Response(TaskCall call, Started started)
    {
        JsonValue startDate = sdk
            ? IsoTime.Milliseconds(started.StartDate)
            : started.StartDate.ToUnixTimeMilliseconds();
        JsonObjectBuilder response = new JsonObjectBuilder()
            .Set("ExecutionArn", started.ExecutionArn)
            .Set("StartDate", startDate);

        // On the wire the date is a number of 16 characters: seconds with exponent (1.763850000123E9).
        long length = JsonObject.Create(("executionArn", started.ExecutionArn), ("startDate", 1000000000000000)).Utf8Length;
        JsonObject output = SdkMetadata.AddTo(response, call, time.GetUtcNow(), SdkMetadata.Json10, length, ("connection", "keep-alive")).Build();
        return call.Resource.Pattern is TaskPattern.Sync or TaskPattern.Sync2 ? new TaskAccepted(output) : new TaskCompleted(output);
    }
}
