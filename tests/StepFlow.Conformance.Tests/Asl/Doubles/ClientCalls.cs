using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>The calls to other services that a test's own client makes while its case runs, and after it.</summary>
internal sealed class ClientCalls(AwsWorld world)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>The service's response; null if the call has no double.</summary>
    /// <param name="service">The service, as the client names it: <c>sqs</c>.</param>
    /// <param name="operation">The operation, as the client names it: <c>receive_message</c>.</param>
    /// <param name="arguments">What it is called with.</param>
    /// <param name="isOver">Whether no message comes any more: a client that receives does not wait.</param>
    public async Task<JsonObject?> RespondAsync(string service, string operation, JsonObject arguments, bool isOver = false)
    {
        switch ((service, operation))
        {
            case ("sqs", "create_queue"):
                string url = $"https://sqs.us-east-1.amazonaws.com/111111111111/{AwsResponses.Text(arguments, "QueueName")}";
                world.Queues.Add(url);
                return JsonObject.Create(("QueueUrl", url));
            case ("sqs", "receive_message"):
                return await ReceiveAsync(arguments, isOver);
            case ("sns", "subscribe"):
                world.Topics.Subscribe(AwsResponses.Text(arguments, "TopicArn")!, AwsResponses.Text(arguments, "Endpoint")!, world.Queues);
                return JsonObject.Create(("SubscriptionArn", $"{AwsResponses.Text(arguments, "TopicArn")}:{AwsResponses.NewId()}"));
            case ("s3", "create_bucket"):
                world.Buckets.Add(AwsResponses.Text(arguments, "Bucket")!);
                return JsonObject.Create(("Location", "/" + AwsResponses.Text(arguments, "Bucket")));
            case ("s3", "put_object"):
                world.Buckets.Put(AwsResponses.Text(arguments, "Bucket")!, AwsResponses.Text(arguments, "Key")!, SetupCalls.Bytes(AwsResponses.Text(arguments, "Body")!));
                return JsonObject.Empty;
            case ("s3", _):
                return Response(world.Buckets.Run(ActionOf(operation), arguments));
            case ("dynamodb", _):
                return Response(world.Tables.Run(ActionOf(operation), arguments, sdk: true));
            case ("logs", _):
                return world.LogGroups.Respond(operation, arguments);
            case ("cloudformation", _):
                return await world.Stacks.RespondAsync(operation, arguments);
            case ("lambda", "get_function"):
                return Response(world.Functions.Describe(arguments));
            case ("sqs", _):
                return Response(world.Queues.Run(ActionOf(operation), arguments));
            case ("secretsmanager", _):
                return Response(world.Secrets.Run(ActionOf(operation), arguments));
            default:
                return null;
        }
    }

    private static JsonObject? Response(TaskOutcome? outcome) => (outcome as TaskCompleted)?.Output as JsonObject;

    /// <summary>The action of an SDK integration for an operation of the client: <c>get_object</c> is <c>getObject</c>.</summary>
    private static string ActionOf(string operation)
    {
        string[] words = operation.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private async Task<JsonObject> ReceiveAsync(JsonObject arguments, bool isOver)
    {
        JsonObject? message;
        while ((message = world.Queues.Take(arguments)) is null && !isOver)
        {
            await Task.Delay(Poll, world.Clock);
        }

        return message is null ? JsonObject.Empty : JsonObject.Create(("Messages", JsonArray.Create(message)));
    }
}
