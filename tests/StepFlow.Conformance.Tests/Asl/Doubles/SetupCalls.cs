using System.Text;
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
                string service = operation.Split('.')[0];
                if (service is "logs")
                {
                    world.LogGroups.Answer(operation[(service.Length + 1)..], arguments);
                }
                else if (service is not ("apigateway" or "events" or "sqs" or "sns" or "iam" or "lambda" or "s3"))
                {
                    // The doubles know nothing of it: what depends on it differs.
                    world.Unrecorded ??= $"no double stands for {operation}";
                }

                break;
        }

        string Text(string name) => AwsAnswers.Text(arguments, name) ?? string.Empty;
    }

    /// <summary>A body as the test wrote it in Python: a text, or bytes in one of their notations.</summary>
    public static byte[] Bytes(string body)
    {
        string text = body.StartsWith("bytearray(", StringComparison.Ordinal) ? body["bytearray(".Length..^1] : body;
        return Encoding.UTF8.GetBytes(text is ['b', '\'', .., '\''] ? text[2..^1] : text);
    }
}
