using System.Text;
using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>Functions that are defined in <c>handlers.json</c>.</summary>
internal sealed class LambdaDouble(AwsResponses responses, JsonObject handlers)
{
    private readonly Dictionary<string, JsonObject> _functions = new(StringComparer.Ordinal);

    /// <summary>The kinds of handlers that functions here can be.</summary>
    private static readonly string[] Kinds = ["echo", "return", "raw-payload", "prefix-python-str", "repeat", "sleep-then-echo", "error"];

    /// <summary>Adds a function.</summary>
    /// <returns>Whether it is known what it does.</returns>
    public bool Add(string name, string handler)
    {
        if ((handlers[handler] as JsonObject)?["emulate"] is not JsonObject emulate || !Kinds.Contains(AwsResponses.Text(emulate, "kind")))
        {
            return false;
        }

        _functions[name] = emulate;
        return true;
    }

    /// <summary>A Task whose Resource is the function's ARN.</summary>
    public async Task<TaskOutcome> InvokeDirectAsync(TaskCall call, CancellationToken cancellationToken)
    {
        if (Find(call.Resource.Text) is not { } function)
        {
            return new TaskRejected("Lambda.ResourceNotFoundException", NotFound(NameOf(call.Resource.Text)), TaskFailureStage.Schedule);
        }

        LambdaResult result = await RunAsync(function, call.Arguments, cancellationToken);
        return result.ErrorType is { } error
            ? AwsResponses.Failed(error, PythonJson.Write(result.Payload))
            : new TaskCompleted(result.Payload);
    }

    /// <summary><c>lambda:invoke</c>.</summary>
    public async Task<TaskOutcome> InvokeAsync(TaskCall call, CancellationToken cancellationToken)
    {
        string name = AwsResponses.Text(call.Arguments, "FunctionName") ?? string.Empty;
        if (Find(name) is not { } function)
        {
            return new TaskRejected("Lambda.ResourceNotFoundException", NotFound(NameOf(name)));
        }

        JsonValue payload = ((JsonObject)call.Arguments)["Payload"] ?? JsonValue.Null;
        JsonValue sent = payload switch
        {
            JsonNull => JsonObject.Empty,
            JsonString text => JsonValue.ParseOrNull(text.Value) ?? text,
            _ => payload,
        };
        LambdaResult result = await RunAsync(function, sent, cancellationToken);
        if (result.ErrorType is { } error)
        {
            return AwsResponses.Failed(error, result.Payload.ToString());
        }

        bool logs = AwsResponses.Text(call.Arguments, "LogType") == "Tail";
        string log = Convert.ToBase64String(Encoding.UTF8.GetBytes($"START RequestId: {AwsResponses.NewId()} Version: $LATEST\n"));
        JsonObject response = JsonObject.Create(("ExecutedVersion", "$LATEST"), ("Payload", result.Payload), ("StatusCode", 200));
        (string, string)[] headers =
        [
            ("X-Amz-Executed-Version", "$LATEST"),
            ("x-amzn-Remapped-Content-Length", "0"),
            ("Connection", "keep-alive"),
            ("X-Amzn-Trace-Id", "Root=1-" + AwsResponses.NewId()),
        ];
        return new TaskCompleted(responses.WithMetadata(
            logs ? response.With("LogResult", log) : response,
            "application/json",
            (int)result.Payload.Utf8Length,
            logs ? [.. headers, ("X-Amz-Log-Result", log)] : headers));
    }

    /// <summary><c>aws-sdk:lambda:getFunction</c>: a function's configuration.</summary>
    public TaskOutcome Describe(JsonValue arguments)
    {
        string name = NameOf(AwsResponses.Text(arguments, "FunctionName") ?? string.Empty);
        string arn = "arn:aws:lambda:us-east-1:111111111111:function:" + name;
        return _functions.ContainsKey(name)
            ? new TaskCompleted(JsonObject.Create(
                ("Code", JsonObject.Create(("RepositoryType", "S3"))),
                ("Configuration", JsonObject.Create(("FunctionArn", arn), ("FunctionName", name), ("State", "Active"), ("Version", "$LATEST")))))
            : AwsResponses.SdkFailed("Lambda.ResourceNotFoundException", "Function not found: " + arn, "Lambda", 404);
    }

    /// <summary>Runs a function as another service would.</summary>
    public Task<LambdaResult?> RunAsync(string nameOrArn, JsonValue input, CancellationToken cancellationToken) =>
        Find(nameOrArn) is { } function ? RunKnownAsync(function, input, cancellationToken) : Task.FromResult<LambdaResult?>(null);

    private async Task<LambdaResult?> RunKnownAsync(JsonObject function, JsonValue input, CancellationToken cancellationToken) =>
        await RunAsync(function, input, cancellationToken);

    private async Task<LambdaResult> RunAsync(JsonObject function, JsonValue input, CancellationToken cancellationToken)
    {
        switch (AwsResponses.Text(function, "kind"))
        {
            case "echo":
                return new(input, null);
            case "return":
                return new(function["value"]!, null);
            case "raw-payload":
                return new(JsonValue.Parse(AwsResponses.Text(function, "payload")!), null);
            case "prefix-python-str":
                return new(AwsResponses.Text(function, "prefix") + PythonText.Of(input), null);
            case "repeat":
                ((JsonNumber)function["count"]!).TryGetInt64(out long count);
                return new(string.Concat(Enumerable.Repeat(AwsResponses.Text(function, "text"), (int)count)), null);
            case "sleep-then-echo":
                await Task.Delay(TimeSpan.FromSeconds(((JsonNumber)function["seconds"]!).ToDouble()), responses.Clock, cancellationToken);
                return new(input, null);
            case "error":
                JsonObject error = JsonObject.Create(
                    ("errorMessage", function["errorMessage"]!),
                    ("errorType", function["errorType"]!),
                    ("requestId", AwsResponses.NewId()),
                    ("stackTrace", function["stackTrace"]!));
                return new(error, AwsResponses.Text(function, "errorType"));
            case var kind:
                throw new NotSupportedException($"No function does '{kind}'.");
        }
    }

    private JsonObject? Find(string nameOrArn) => _functions.GetValueOrDefault(NameOf(nameOrArn));

    private static string NameOf(string nameOrArn)
    {
        string[] parts = nameOrArn.Split(':');
        return parts is ["arn", _, "lambda", _, _, "function", var name, ..] ? name : parts[0];
    }

    private static string NotFound(string name) =>
        $"Function not found: arn:aws:lambda:us-east-1:111111111111:function:{name}:$LATEST (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: {AwsResponses.NewId()}; Proxy: null)";
}
