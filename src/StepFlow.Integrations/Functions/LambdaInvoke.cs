using System.Text;
using StepFlow.Integrations.Answers;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Functions;

/// <summary>
/// <c>lambda:invoke</c>, optimised and as SDK integration: calls a named function and answers in Lambda's form. A failing
/// function fails the optimised integration; the SDK's answers with <c>FunctionError</c> (Lambda API, Invoke).
/// </summary>
/// <remarks>
/// InvocationType <c>Event</c> runs the function to its end all the same, because nothing here would keep it otherwise;
/// only its result is dropped.
/// </remarks>
internal sealed class LambdaInvoke(FunctionInvoker functions, TimeProvider time, bool sdk) : ITaskIntegration
{
    public const string Latest = "$LATEST";

    private const string Event = "Event";
    private const string DryRun = "DryRun";

    public string Name => sdk ? "aws-sdk:lambda:invoke" : "lambda:invoke";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        FunctionName name = FunctionName.Parse(arguments.RequiredText("FunctionName"));
        string? qualifier = arguments.Text("Qualifier");
        string invocation = arguments.Text("InvocationType") ?? "RequestResponse";
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
        FunctionResult result = await functions.RunAsync(call, name, Decode(payload), cancellationToken);
        return result switch
        {
            FunctionSucceeded when invocation == Event => Answer(call, name, JsonString.Empty, 202, null),
            FunctionSucceeded succeeded => Answer(call, name, succeeded.Payload, 200, null),
            FunctionFailed when invocation == Event => Answer(call, name, JsonString.Empty, 202, null),
            FunctionFailed failed when sdk => Answer(call, name, FunctionInvoker.Cause(call, failed), 200, "Unhandled"),
            _ => functions.Fail(call, result),
        };
    }

    // Lambda takes the payload as bytes: a text is the JSON itself.
    private static JsonValue Decode(JsonValue payload) => payload is JsonString text ? JsonValue.ParseOrNull(text.Value) ?? payload : payload;

    private TaskCompleted Answer(TaskCall call, FunctionName name, JsonValue payload, int status, string? functionError)
    {
        long length = payload.Utf8Length;
        JsonObjectBuilder answer = new JsonObjectBuilder(6)
            .Set("ExecutedVersion", name.Qualifier ?? Latest)
            .SetIfPresent("FunctionError", functionError is null ? null : new JsonString(functionError))
            .Set("Payload", sdk ? new JsonString(Encoding.UTF8.GetString(payload.ToUtf8())) : payload);
        SdkMetadata.AddTo(
            answer,
            call,
            time.GetUtcNow(),
            "application/json",
            length,
            ("Connection", "keep-alive"),
            ("X-Amz-Executed-Version", name.Qualifier ?? Latest),
            ("x-amzn-Remapped-Content-Length", "0"),
            ("X-Amzn-Trace-Id", TraceId(call)));
        return new(answer.Set("StatusCode", status).Build());
    }

    private static string TraceId(TaskCall call) => "root=" + (call.TraceParent ?? RequestId.Derive(call.IdempotencyKey, "trace"));
}
