using System.Collections.Frozen;
using StepFlow.Integrations.Functions;
using StepFlow.Language;

namespace StepFlow.Integrations.Aws;

/// <summary>A function of AWS Lambda (Lambda API, Invoke).</summary>
/// <param name="accountOf">The account that a task calls it with.</param>
internal sealed class AwsFunction(string name, Func<TaskCall, AwsAccount> accountOf, AwsClient client) : IFunctionHandler
{
    private const string Service = "lambda";

    /// <summary>A function may run for 15 minutes.</summary>
    private const int LongestSeconds = 900;

    public string Name => name;

    public async Task<FunctionResult> HandleAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        AwsAccount account = accountOf(call.Task);
        string function = NameOf(call);
        string region = function.Split(':') is ["arn", _, _, { Length: > 0 } own, ..] ? own : account.Region;
        string path = $"/2015-03-31/functions/{Uri.EscapeDataString(function)}/invocations";
        var url = new UriBuilder(account.Address(Service, region)) { Path = path, Query = call.Qualifier is { } qualifier ? "Qualifier=" + Uri.EscapeDataString(qualifier) : string.Empty };
        AwsResponse? response = await client.SendAsync(
            account,
            new("lambda.Invoke", url.Uri, region, Service)
            {
                Body = call.Payload.ToUtf8(),
                Headers = [("X-Amz-Invocation-Type", "RequestResponse"), .. ClientContext(call)],
                LeastSeconds = LongestSeconds,
            },
            cancellationToken);
        if (response is null)
        {
            return FunctionErrors.TooLarge(account.Options.MaxResponseBytes);
        }

        if (!response.IsSuccess)
        {
            AwsFailure failure = AwsErrors.Read(response, FrozenSet<string>.Empty, account);
            return new FunctionUnavailable(failure.Exception ?? failure.Code, failure.Message, response.Status);
        }

        JsonValue? payload = response.Json;
        return response.Header("x-amz-function-error") is { } error
            ? FunctionResponse.ReadFailure(payload) ?? new FunctionFailed("Lambda." + error, FunctionResponse.Excerpt(response.Body))
            : payload is null ? FunctionErrors.NotJson(FunctionResponse.Excerpt(response.Body))
            : new FunctionSucceeded(payload);
    }

    // The name as in the definition, because an ARN can be of another account or region. The version is a separate parameter.
    private string NameOf(FunctionCall call)
    {
        TaskCall task = call.Task;
        string text = task.Resource.Kind == TaskResourceKind.Function ? task.Resource.Text
            : task.Arguments is JsonObject arguments && arguments["FunctionName"] is JsonString given ? given.Value
            : name;
        string[] parts = text.Split(':');
        return parts is ["arn", ..] ? string.Join(':', parts.Take(7)) : parts.Length == 3 ? string.Join(':', parts) : parts[0];
    }

    private static IEnumerable<(string Name, string Value)> ClientContext(FunctionCall call) =>
        call.Task.Arguments is JsonObject arguments && arguments["ClientContext"] is JsonString { Value: { Length: > 0 } context } ? [("X-Amz-Client-Context", context)] : [];
}
