using System.Globalization;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>REST APIs in front of functions.</summary>
internal sealed class ApiGatewayDouble(AwsResponses responses, LambdaDouble functions)
{
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _integrations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _backends = new(StringComparer.Ordinal);

    public void AddPath(string apiId, string resourceId, string path) => _paths[resourceId] = apiId + "/" + path;

    /// <summary>Connects the newest path of an API, or the one of a resource, with a function.</summary>
    public void Integrate(string apiId, string resourceId, string uri)
    {
        string path = _paths.GetValueOrDefault(resourceId) ?? _paths.Values.LastOrDefault(known => known.StartsWith(apiId + "/", StringComparison.Ordinal)) ?? apiId + "/";
        int at = uri.IndexOf("arn:aws:lambda:", StringComparison.Ordinal);
        _integrations[path] = uri[at..].Replace("/invocations", string.Empty, StringComparison.Ordinal);
    }

    /// <summary>An API with one backend for all requests.</summary>
    public void AddBackend(string endpoint, JsonObject emulate) => _backends[endpoint] = emulate;

    public async Task<TaskOutcome> InvokeAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = (JsonObject)call.Arguments;
        string endpoint = AwsResponses.Text(arguments, "ApiEndpoint") ?? string.Empty;
        JsonValue body = arguments["RequestBody"] is { IsNull: false } given ? given : JsonObject.Empty;
        if (_backends.TryGetValue(endpoint, out JsonObject? backend))
        {
            bool fails = backend["failWhen"] is JsonObject when && body is JsonObject request && when.All(field => request[field.Key] == field.Value);
            return Respond(fails ? backend["failBody"]! : backend["body"]!);
        }

        string path = endpoint.Split('.')[0] + "/" + (AwsResponses.Text(arguments, "Path") ?? string.Empty);
        if (!_integrations.TryGetValue(path, out string? function))
        {
            return AwsResponses.Failed("ApiGateway.403", JsonObject.Create(("message", "Missing Authentication Token")).ToString());
        }

        LambdaResult? result = await functions.RunAsync(function, body, cancellationToken);
        return Respond(result!.Payload);
    }

    private TaskCompleted Respond(JsonValue body)
    {
        (string Name, string Value)[] headers =
        [
            ("Connection", "keep-alive"),
            ("Content-Length", PythonJson.Write(body).Length.ToString(CultureInfo.InvariantCulture)),
            ("Content-Type", "application/json"),
            ("Date", responses.Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture)),
            ("Via", "1.1 double.cloudfront.net (CloudFront)"),
            ("x-amz-apigw-id", "double="),
            ("X-Amz-Cf-Id", "double=="),
            ("X-Amz-Cf-Pop", "DBL1-P1"),
            ("x-amzn-RequestId", AwsResponses.NewId()),
            ("X-Amzn-Trace-Id", "Root=1-" + AwsResponses.NewId()),
            ("X-Cache", "Miss from cloudfront"),
        ];
        var lists = new JsonObjectBuilder();
        foreach ((string name, string value) in headers)
        {
            lists.Set(name, JsonArray.Create(value));
        }

        return new(JsonObject.Create(("Headers", lists.Build()), ("ResponseBody", body), ("StatusCode", 200), ("StatusText", "OK")));
    }
}
