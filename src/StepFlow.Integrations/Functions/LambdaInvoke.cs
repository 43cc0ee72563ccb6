using System.Text;
using StepFlow.Language;
using StepFlow.Language.Evaluation;

namespace StepFlow.Integrations.Functions;

/// <summary>
/// <c>lambda:invoke</c>, optimised and as SDK integration: calls a function by its name and returns the response in Lambda's form. If the
/// function fails, the optimised integration fails; that of the SDK returns <c>FunctionError</c>. With InvocationType <c>Event</c> the
/// call is stored, and the task ends (Lambda API, Invoke).
/// </summary>
internal sealed class LambdaInvoke(FunctionInvoker functions, IDeferredInvocations deferred, TimeProvider time, bool sdk) : ITaskIntegration
{
    public const string Latest = "$LATEST";

    private const string Waiting = "arn:aws:states:::lambda:invoke";
    private const string InvocationType = "InvocationType";
    private const string Event = "Event";
    private const string DryRun = "DryRun";

    public string Name => sdk ? "aws-sdk:lambda:invoke" : "lambda:invoke";

    /// <summary>The function to call, independent of its name; null to find it by its name.</summary>
    public IFunctionHandler? Function { get; init; }

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        FunctionName name = FunctionName.Parse(arguments.RequiredText("FunctionName"));
        string? qualifier = arguments.Text("Qualifier");
        string invocation = arguments.Text(InvocationType) ?? "RequestResponse";
        JsonValue payload = arguments.Value("Payload") ?? JsonObject.Empty;
        if (arguments.Problem is { } problem)
        {
            return new TaskRejected(ErrorNames.Runtime, problem);
        }

        if (invocation == DryRun)
        {
            return new TaskCompleted(JsonObject.Create(("StatusCode", 204)));
        }

        name = name with { Qualifier = qualifier ?? name.Qualifier };
        if (invocation == Event)
        {
            return await DeferAsync(call, name, cancellationToken);
        }

        FunctionResult result = Function is { } function
            ? await functions.RunAsync(call, name, function, Decode(payload), cancellationToken)
            : await functions.RunAsync(call, name, Decode(payload), cancellationToken);
        return result switch
        {
            FunctionSucceeded succeeded => Response(call, name, succeeded.Payload, 200, null),
            FunctionFailed failed when sdk => Response(call, name, FunctionInvoker.Cause(call, failed), 200, "Unhandled"),
            _ => functions.NotReturned(call, result),
        };
    }

    private async Task<TaskOutcome> DeferAsync(TaskCall call, FunctionName name, CancellationToken cancellationToken)
    {
        if (Function is null && !functions.IsDefined(call, name))
        {
            return functions.NotFound(call, name);
        }

        // Stored as a call that waits for its result, and with placeholders instead of secrets. They are replaced when the call is made.
        var arguments = (JsonObject)(call.HiddenArguments ?? call.Arguments);
        await deferred.StoreAsync(
            call with { Resource = TaskResource.Parse(Waiting), Arguments = arguments.Without(InvocationType), HiddenArguments = null, TaskToken = null }, cancellationToken);
        return Response(call, name, JsonString.Empty, 202, null);
    }

    // Lambda accepts the payload as bytes. A text is the JSON itself.
    private static JsonValue Decode(JsonValue payload) => payload is JsonString text ? JsonValue.ParseOrNull(text.Value) ?? payload : payload;

    private TaskCompleted Response(TaskCall call, FunctionName name, JsonValue payload, int status, string? functionError)
    {
        long length = payload.Utf8Length;
        JsonObjectBuilder response = new JsonObjectBuilder(6)
            .Set("ExecutedVersion", name.Qualifier ?? Latest)
            .SetIfPresent("FunctionError", functionError)
            .Set("Payload", sdk ? new JsonString(Encoding.UTF8.GetString(payload.ToUtf8())) : payload);
        SdkMetadata.AddTo(
            response,
            call,
            time.GetUtcNow(),
            "application/json",
            length,
            ("Connection", "keep-alive"),
            ("X-Amz-Executed-Version", name.Qualifier ?? Latest),
            ("x-amzn-Remapped-Content-Length", "0"),
            ("X-Amzn-Trace-Id", TraceId(call)));
        return new(response.Set("StatusCode", status).Build());
    }

    private static string TraceId(TaskCall call) => "root=" + (call.TraceParent ?? RequestId.Derive(call.IdempotencyKey, "trace"));
}
