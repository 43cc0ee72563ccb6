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
            case "sns.delete_topic":
                world.Topics.Delete(Text("TopicArn"));
                break;
            case "apigateway.create_resource":
                world.Apis.AddPath(Text("restApiId"), Text("resourceId"), Text("pathPart"));
                break;
            case "apigateway.put_integration":
                world.Apis.Integrate(Text("restApiId"), Text("resourceId"), Text("uri"));
                break;
        }

        string Text(string name) => AwsAnswers.Text(arguments, name) ?? string.Empty;
    }

    /// <summary>A body as the test wrote it in Python: a text, or bytes in one of their notations.</summary>
    private static byte[] Bytes(string body)
    {
        string text = body.StartsWith("bytearray(", StringComparison.Ordinal) ? body["bytearray(".Length..^1] : body;
        return Encoding.UTF8.GetBytes(text is ['b', '\'', .., '\''] ? text[2..^1] : text);
    }
}
