using StepFlow.Integrations.Http;

namespace StepFlow.Integrations.Rest;

/// <summary>
/// <c>azure:rest:call</c>: any request to a REST API of the settings, Azure Resource Manager among them. <c>Url</c>,
/// <c>Method</c> (by default GET), <c>Body</c>, <c>Headers</c>, <c>QueryParameters</c>; the result has <c>StatusCode</c>,
/// <c>Headers</c> and <c>Body</c>.
/// </summary>
internal sealed class RestCall(RestTargets targets, RestRunner runner) : ITaskIntegration
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

    public string Name => "azure:rest:call";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string text = arguments.RequiredText("Url");
        string method = arguments.Text("Method") ?? "GET";
        JsonObject? headers = arguments.Object("Headers");
        JsonObject? query = arguments.Object("QueryParameters");
        if (!Methods.Contains(method))
        {
            arguments.Refuse(TaskErrors.InvalidArgument("Method", "one of " + string.Join(", ", Methods)));
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url))
        {
            arguments.Refuse(TaskErrors.InvalidArgument("Url", "an absolute URL"));
        }

        HttpRequestReader.CheckHeaders(headers, arguments);
        if (headers?.Any(static header => header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)) == true)
        {
            arguments.Refuse("The connection sets the header 'Authorization'. See the setting 'StepFlow:Rest:NAME:Connection'.");
        }

        if (arguments.Problem is { } problem)
        {
            return new TaskRejected(RestErrors.InvalidArgument, problem);
        }

        if (targets.Of(url!) is not { } target)
        {
            return new TaskRejected(RestErrors.NotAllowed, RestErrors.UnknownUrl(text));
        }

        var request = new RestRequest(new(method), HttpRequestReader.WithQuery(url!, query))
        {
            Body = arguments.Value("Body"),
            Headers = [.. (headers ?? JsonObject.Empty).Select(static header => KeyValuePair.Create(header.Key, FormEncoder.Text(header.Value)))],
        };
        return await runner.RunAsync(call, target, request, View, cancellationToken);
    }

    private static JsonObject View(RestResponse response) => JsonObject.Create(
        ("StatusCode", response.Status),
        ("Headers", JsonObject.Create([.. response.Headers.Select(static header => (header.Key, (JsonValue)header.Value))])),
        ("Body", response.Body));
}
