using StepFlow.Language.Evaluation;

namespace StepFlow.Integrations.Http;

/// <summary><c>apigateway:invoke</c>: calls an HTTP API by endpoint, stage and path (Step Functions developer guide, "API Gateway"). Bound by the same rules as an HTTP task.</summary>
internal sealed class ApiGatewayInvoke(HttpInvoke http, HttpOptions options) : ITaskIntegration
{
    private const string ErrorPrefix = "ApiGateway.";

    public string Name => "apigateway:invoke";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string endpoint = arguments.RequiredText("ApiEndpoint");
        string address = options.ApiEndpoints.TryGetValue(endpoint, out Uri? listed) ? listed.AbsoluteUri.TrimEnd('/') : "https://" + endpoint;
        foreach (string? part in (string?[])[arguments.Text("Stage"), arguments.Text("Path")])
        {
            address += string.IsNullOrEmpty(part) ? string.Empty : "/" + part.Trim('/');
        }

        if (arguments.Object("Headers")?.Any(static header => header.Value is not JsonArray) == true)
        {
            arguments.Refuse(TaskErrors.InvalidArgument("Headers", "an object whose members are arrays"));
        }

        if (arguments.Problem is { } problem)
        {
            return new TaskRejected(ErrorNames.Runtime, problem);
        }

        TaskOutcome outcome = await http.RunAsync(call with { Arguments = ((JsonObject)call.Arguments).With("ApiEndpoint", address) }, cancellationToken);
        return outcome is TaskRejected rejected && rejected.Error.StartsWith(HttpErrors.StatusCode, StringComparison.Ordinal)
            ? rejected with { Error = ErrorPrefix + rejected.Error[HttpErrors.StatusCode.Length..] }
            : outcome;
    }
}
