using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Evaluation;

namespace StepFlow.Runtime.Mocks;

/// <summary>Ends tasks with the results of a mock configuration, for executions that were started with a test case.</summary>
public sealed class MockedTasks(MockConfiguration configuration)
{
    /// <summary>The mocked response. Null if the execution's test case does not mock the state, so that its task is called.</summary>
    public async Task<TaskOutcome?> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        if (call.MockTestCase is not { } testCase || configuration.Find(MachineName(call.StateMachineArn), testCase, call.StateName) is not { } responses)
        {
            return null;
        }

        MockedResponse? response = responses.FirstOrDefault(candidate => candidate.First <= call.RetryCount && call.RetryCount <= candidate.Last);
        if (response is null)
        {
            return new TaskRejected(ErrorNames.Runtime, $"The test case '{testCase}' has no mocked response for attempt {call.RetryCount} of the state '{call.StateName}'.");
        }

        if (call.Resource.Pattern != TaskPattern.RequestResponse && call.Submitted is { } store)
        {
            await store(response.Return ?? JsonObject.Empty, cancellationToken);
        }

        return response.Return is { } result ? new TaskCompleted(Result(call, result)) : new TaskRejected(response.Error ?? string.Empty, response.Cause);
    }

    /// <summary>A mocked function returns what its service returns. If the Resource is the function's ARN, only the payload is the result.</summary>
    private static JsonValue Result(TaskCall call, JsonValue returned) =>
        call.Resource.Kind == TaskResourceKind.Function && returned is JsonObject members && members["Payload"] is { } payload ? payload : returned;

    /// <summary>The name of the state machine. For a child of a Map Run a label follows it.</summary>
    private static string MachineName(string arn)
    {
        string name = arn[(arn.LastIndexOf(':') + 1)..];
        int label = name.IndexOf('/', StringComparison.Ordinal);
        return label < 0 ? name : name[..label];
    }
}
