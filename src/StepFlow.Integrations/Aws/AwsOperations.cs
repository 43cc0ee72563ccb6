using StepFlow.Integrations.Functions;
using StepFlow.Language.Evaluation;

namespace StepFlow.Integrations.Aws;

/// <summary>Calls operations of the services with a JSON protocol, and reads their responses.</summary>
internal sealed class AwsOperations(AwsClient client)
{
    /// <summary>Sends a request.</summary>
    /// <param name="request">The request, with the member names of the service.</param>
    /// <returns>The response, also if it is an error; null if it is larger than allowed.</returns>
    public static Task<AwsResponse?> SendAsync(AwsClient client, AwsAccount account, AwsProtocol protocol, string operation, JsonObject request, CancellationToken cancellationToken) => client.SendAsync(
        account,
        new(protocol.NameOf(operation), new(account.Address(protocol.Endpoint, account.Region), protocol.PathOf(operation)), account.Region, protocol.Signing)
        {
            Body = request.ToUtf8(),
            MediaType = protocol.MediaType,
            Headers = protocol.Target.Length == 0 ? [] : [("X-Amz-Target", $"{protocol.Target}.{operation}")],
        },
        cancellationToken);

    /// <summary>Calls an operation for a task.</summary>
    /// <param name="request">The request, with the member names of the service.</param>
    public async Task<AwsCallResult> CallAsync(TaskCall call, AwsAccount account, AwsProtocol protocol, string operation, JsonObject request, CancellationToken cancellationToken)
    {
        AwsResponse? response = await SendAsync(client, account, protocol, operation, request, cancellationToken);
        if (response is null)
        {
            return new(new TaskRejected(ErrorNames.DataLimitExceeded, AwsErrors.TooLarge(account)));
        }

        if (!response.IsSuccess)
        {
            return new(protocol.Service.Fail(call, AwsErrors.Read(response, protocol.Modelled, account)));
        }

        // An operation without a result has an empty response.
        return (response.Body.Length == 0 ? JsonObject.Empty : response.Json) is JsonObject members
            ? new(null) { Members = members, Response = response }
            : new(new TaskRejected(ErrorNames.TaskFailed, $"{protocol.NameOf(operation)} responded with something other than JSON: {FunctionResponse.Excerpt(response.Body)}"));
    }

    /// <summary>A result in the form of the task's integration. An optimised integration adds the metadata of the response.</summary>
    /// <param name="result">The result, with the members that definitions write.</param>
    public static JsonObject Shown(TaskCall call, JsonObject result, AwsResponse response)
    {
        JsonObjectBuilder shown = new JsonObjectBuilder(result.Count + 2).SetAll(result.AsSpan());
        return call.Resource.IsSdk ? result : SdkMetadata.AddTo(shown, response.Headers, response.RequestId ?? RequestId.For(call.IdempotencyKey)).Build();
    }
}

/// <summary>The result of an operation.</summary>
/// <param name="Failure">How the task fails; null where it succeeded.</param>
internal sealed record AwsCallResult(TaskRejected? Failure)
{
    /// <summary>The response, with the member names of the service.</summary>
    public JsonObject Members { get; init; } = JsonObject.Empty;

    /// <summary>The response; null where it failed.</summary>
    public AwsResponse? Response { get; init; }
}
