using System.Security.Cryptography;
using System.Text;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Evaluation;
using StepFlow.Runtime.Documents;

namespace StepFlow.Service.Tasks;

/// <summary>Calls the service itself: <c>arn:aws:states:::aws-sdk:sfn:operation</c>. Members are in Pascal case, instants ISO 8601.</summary>
internal sealed class SdkCall(ServiceCalls calls)
{
    /// <summary>Performs the call.</summary>
    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        string operation = WireNames.Pascal(call.Resource.Action);
        if (calls.ShapeOf(operation) is not { } shape)
        {
            return new TaskRejected(ErrorNames.Runtime, $"The resource provided {call.Resource.Text} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.");
        }

        JsonObject request = call.Arguments is JsonObject arguments ? (JsonObject)ToWire(arguments, shape) : JsonObject.Empty;
        ApiResult result = await calls.InvokeAsync(operation, request, new CallerContext { ParentExecutionArn = call.ExecutionArn }, cancellationToken);
        return result.IsSuccess ? new TaskCompleted(FromWire(result.Response)) : Fail(call, result.Error);
    }

    /// <summary>Members that are texts in the API can be given as JSON values. They become texts.</summary>
    private static JsonValue ToWire(JsonValue value, Shape shape) => (value, shape) switch
    {
        (JsonObject given, StructureShape structure) => given.Aggregate(
            new JsonObjectBuilder(given.Count),
            (builder, member) =>
            {
                string name = WireNames.Camel(member.Key);
                Shape? known = structure.Members.FirstOrDefault(candidate => candidate.Name == name)?.Shape;
                return builder.Set(name, known is null ? member.Value : ToWire(member.Value, known));
            }).Build(),
        (JsonArray given, ListShape list) => JsonArray.From(given.Select(item => ToWire(item, list.Item))),
        (not (JsonString or JsonNull), TextShape) => value.ToString(),
        _ => value,
    };

    private static JsonValue FromWire(JsonValue value, string? name = null) => value switch
    {
        JsonObject structure => structure.Aggregate(
            new JsonObjectBuilder(structure.Count),
            (builder, member) => builder.Set(WireNames.Pascal(member.Key), FromWire(member.Value, member.Key))).Build(),
        JsonArray list => JsonArray.From(list.Select(item => FromWire(item))),
        JsonNumber number when name is "timestamp" || name?.EndsWith("Date", StringComparison.Ordinal) == true =>
            IsoTime.Milliseconds(Instants.FromWire(number)),
        _ => value,
    };

    private static TaskRejected Fail(TaskCall call, ApiError error)
    {
        string exception = error.Code.EndsWith("Exception", StringComparison.Ordinal) ? error.Code : error.Code + "Exception";
        string requestId = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(call.IdempotencyKey)).AsSpan(0, 16)).ToString("D");
        return new($"Sfn.{exception}", $"{error.Message} (Service: Sfn, Status Code: {error.Status}, Request ID: {requestId}) (SDK Attempt Count: 1)");
    }
}
