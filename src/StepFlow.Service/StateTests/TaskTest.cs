using StepFlow.Execution;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;

namespace StepFlow.Service.StateTests;

/// <summary>Tests a Task state: really calls, or takes the mock.</summary>
internal sealed class TaskTest(ITaskRunner tasks, TimeProvider time)
{
    /// <summary>How long a call may take where the state says nothing.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(5);

    public async Task<StateTestResult> RunAsync(
        CompiledTask task,
        TestScope scope,
        StateTestCall call,
        Inspection inspection,
        FailureTest failures,
        CancellationToken cancellationToken)
    {
        Outcome<JsonValue> arguments = task.Data.Arguments(scope);
        if (!arguments.IsSuccess)
        {
            return failures.Handle(Failure.From(arguments.Error));
        }

        inspection.InputPath(task, scope);
        inspection.Arguments(task, arguments.Value);
        TaskOutcome outcome = call.Mock is { } mock
            ? mock.Result is { } mocked ? new TaskCompleted(mocked) : new TaskRejected(mock.Error ?? string.Empty, mock.Cause)
            : await CallAsync(task, scope, call, arguments.Value, cancellationToken);
        if (task.Resource is { Service: "http", Action: "invoke" })
        {
            HttpInspection.Note(inspection, arguments.Value, outcome, call.RevealSecrets);
        }

        switch (outcome)
        {
            case TaskCompleted { Output: var result }:
                inspection.Payload("result", result);
                inspection.Result(task.Data, scope, result);
                return StateTester.Leave(task.Data, scope, result, task.Next?.Name, failures);
            case TaskRejected rejected:
                return failures.Handle(new(rejected.Error, rejected.Cause) { IsFromTask = true });
            default:
                return failures.Handle(new(ErrorNames.TaskFailed, "The task was accepted but does not end within its call."));
        }
    }

    private async Task<TaskOutcome> CallAsync(CompiledTask task, TestScope scope, StateTestCall call, JsonValue arguments, CancellationToken cancellationToken)
    {
        Outcome<double> seconds = task.Timeout?.Evaluate(scope) ?? LongestCall.TotalSeconds;
        if (!seconds.IsSuccess)
        {
            return new TaskRejected(seconds.Error.Name, seconds.Error.Cause);
        }

        Outcome<JsonValue> credentials = task.Credentials?.Evaluate(scope) ?? JsonValue.Null;
        TimeSpan timeout = TimeSpan.FromSeconds(Math.Min(seconds.Value, LongestCall.TotalSeconds));
        using var source = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(source.Token, cancellationToken);
        string id = Guid.NewGuid().ToString("D");
        try
        {
            return await tasks.RunAsync(
                new()
                {
                    ExecutionArn = id,
                    ExecutionName = id,
                    StateMachineArn = id,
                    StateName = StateMachineLoader.UnnamedState,
                    Resource = task.Resource,
                    Arguments = arguments,
                    IdempotencyKey = id,
                    RetryCount = call.RetrierRetryCount,
                    Deadline = time.GetUtcNow() + timeout,
                    Credentials = credentials is { IsSuccess: true, Value.IsNull: false } ? credentials.Value : null,
                },
                linked.Token);
        }
        catch (OperationCanceledException) when (source.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new TaskRejected(ErrorNames.Timeout, null);
        }
    }
}
