using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>Gives each task to the double of the service it names.</summary>
internal sealed class AwsTaskRunner(AwsWorld world) : ITaskRunner
{
    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        if (call.Resource.Kind == TaskResourceKind.Function)
        {
            return await world.Functions.InvokeDirectAsync(call, cancellationToken);
        }

        TaskOutcome outcome = (call.Resource.Service, call.Resource.Action) switch
        {
            ("lambda" or "aws-sdk:lambda", "invoke") => await world.Functions.InvokeAsync(call, cancellationToken),
            ("aws-sdk:lambda", "getFunction") => world.Functions.Describe(call.Arguments),
            ("sqs", "sendMessage") => world.Queues.Send((JsonObject)call.Arguments),
            ("aws-sdk:sqs", _) => world.Queues.Run(call.Resource.Action, (JsonObject)call.Arguments) ?? Missing(call),
            ("sns" or "aws-sdk:sns", "publish") => world.Topics.Publish(call),
            ("dynamodb" or "aws-sdk:dynamodb", _) => world.Tables.Run(call.Resource.Action, (JsonObject)call.Arguments, call.Resource.IsSdk) ?? Missing(call),
            ("aws-sdk:s3", _) => world.Buckets.Run(call.Resource.Action, call.Arguments) ?? Missing(call),
            ("events" or "aws-sdk:eventbridge", "putEvents") => EventsDouble.Put(call),
            ("apigateway", "invoke") => await world.Apis.InvokeAsync(call, cancellationToken),
            ("aws-sdk:secretsmanager", _) => world.Secrets.Run(call.Resource.Action, (JsonObject)call.Arguments) ?? Missing(call),
            ("states" or "aws-sdk:sfn", "startExecution") => await world.Own.RunAsync(call, cancellationToken),
            _ => Missing(call),
        };

        if (call.Resource.IsSdk)
        {
            outcome = AwsResponses.AsSdk(outcome, call.Resource.Service);
        }

        // The request of a task that waits for its token was accepted; its end comes with the token.
        return call.Resource.Pattern == TaskPattern.WaitForTaskToken && outcome is TaskCompleted accepted
            ? new TaskAccepted(accepted.Output)
            : outcome;
    }

    /// <summary>A service that has no double here: the case is skipped, however the task ends.</summary>
    private TaskRejected Missing(TaskCall call)
    {
        world.MissingDouble ??= $"no double stands for {call.Resource.Service}:{call.Resource.Action}";
        return new("Conformance.MissingDouble", null);
    }
}
