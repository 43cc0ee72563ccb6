using System.Text;
using StepFlow.Conformance.Tests.Asl.Scripts;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>The calls to other services that a test made before its execution.</summary>
internal static class SetupCalls
{
    public static void Perform(AwsWorld world, string operation, JsonObject arguments)
    {
        switch (operation)
        {
            case "s3.put_object":
                world.Buckets.Put(Text("Bucket"), Text("Key"), Bytes(Text("Body")));
                break;
            case "sns.subscribe":
                world.Topics.Subscribe(Text("TopicArn"), Text("Endpoint"), world.Queues);
                break;
            case "sns.delete_topic":
                world.Topics.Delete(Text("TopicArn"));
                break;
            case "apigateway.create_resource":
                world.Apis.AddPath(Text("restApiId"), Text("resourceId"), Text("pathPart"));
                break;
            case "apigateway.put_integration":
                world.Apis.Integrate(Text("restApiId"), Text("resourceId"), Text("uri"));
                break;
            default:
                PerformAsync(world, operation.Split('.', 2), arguments).GetAwaiter().GetResult();
                break;
        }

        string Text(string name) => AwsResponses.Text(arguments, name) ?? string.Empty;
    }

    /// <summary>A call that the test's client could also make while its case runs. None of these waits.</summary>
    private static async Task PerformAsync(AwsWorld world, string[] operation, JsonObject arguments)
    {
        if (operation is ["stepfunctions", var method])
        {
            await world.CallAsync(Script.OperationName(method), arguments);
            return;
        }

        JsonObject? response = operation is [var service, var called] ? await new ClientCalls(world).RespondAsync(service, called, arguments, isOver: true) : null;

        // What these set up, the doubles have without it; of others they know nothing, and what depends on it differs.
        if (response is null && operation[0] is not ("apigateway" or "events" or "sqs" or "sns" or "iam" or "lambda" or "s3"))
        {
            world.Unrecorded ??= $"no double stands for {string.Join('.', operation)}";
        }
    }

    /// <summary>A body as the test wrote it in Python: a text, or bytes in one of their notations.</summary>
    public static byte[] Bytes(string body)
    {
        string text = body.StartsWith("bytearray(", StringComparison.Ordinal) ? body["bytearray(".Length..^1] : body;
        return Encoding.UTF8.GetBytes(text is ['b', '\'', .., '\''] ? text[2..^1] : text);
    }
}
