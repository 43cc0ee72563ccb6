using StepFlow.Integrations.Responses;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Identities;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Aws;

/// <summary>Calls services of AWS for tasks whose Resource the map sends there. Arguments, results and errors are as Step Functions has them.</summary>
internal sealed class AwsCall(AwsAccounts accounts, TaskIdentities identities, AwsClient client, AwsSecrets secrets)
{
    private const string SdkPrefix = "aws-sdk:";

    /// <summary>Runs a task.</summary>
    /// <param name="call">The task: a service's action.</param>
    /// <param name="name">The account's name in the settings, where the task's <c>Credentials</c> choose no other.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<TaskOutcome> RunAsync(TaskCall call, string name, CancellationToken cancellationToken)
    {
        string service = call.Resource.IsSdk ? call.Resource.Service[SdkPrefix.Length..] : call.Resource.Service;
        name = identities.Of(call)?.Aws ?? name;
        if (accounts.Find(name) is not { } account)
        {
            return new TaskRejected(ErrorNames.Runtime, AwsErrors.UnknownAccount(name));
        }

        if (AwsProtocols.Find(service) is not { } protocol)
        {
            return new TaskRejected(ErrorNames.Runtime, AwsErrors.UnknownService(service));
        }

        if (call.Resource.Pattern is TaskPattern.Sync or TaskPattern.Sync2)
        {
            return new TaskRejected(ErrorNames.Runtime, AwsErrors.NoSync(call.Resource.Text));
        }

        string operation = char.ToUpperInvariant(call.Resource.Action[0]) + call.Resource.Action[1..];
        AwsResponse? response = await SendAsync(account, protocol, operation, AwsMembers.ToWire(protocol, operation, call), cancellationToken);
        if (response is null)
        {
            return new TaskRejected(ErrorNames.DataLimitExceeded, AwsErrors.TooLarge(account));
        }

        if (!response.IsSuccess)
        {
            return protocol.Service.Fail(call, AwsErrors.Read(response, protocol.Modelled, account));
        }

        // An operation without a result answers with nothing.
        if ((response.Body.Length == 0 ? JsonObject.Empty : response.Json) is not JsonObject json)
        {
            return new TaskRejected(ErrorNames.TaskFailed, $"{protocol.Target}.{operation} answered with something else than JSON: {FunctionResponse.Excerpt(response.Body)}");
        }

        JsonObject result = AwsMembers.FromWire(protocol, json);
        result = account.Options.VisibleSecrets ? result : await secrets.HideAsync(call, account, protocol, operation, result, cancellationToken);
        return new TaskCompleted(call.Resource.IsSdk ? result : SdkMetadata.AddTo(Copy(result), response.Headers, response.RequestId ?? RequestId.For(call.IdempotencyKey)).Build());
    }

    /// <summary>Sends a request of one of the JSON protocols.</summary>
    /// <param name="client">The client.</param>
    /// <param name="account">The account.</param>
    /// <param name="protocol">The service.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="request">The request, with the service's own members.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<AwsResponse?> SendAsync(AwsClient client, AwsAccount account, AwsProtocol protocol, string operation, JsonObject request, CancellationToken cancellationToken) => client.SendAsync(
        account,
        new($"{protocol.Target}.{operation}", account.Address(protocol.Endpoint, account.Region), account.Region, protocol.Signing)
        {
            Body = request.ToUtf8(),
            MediaType = protocol.MediaType,
            Headers = [("X-Amz-Target", $"{protocol.Target}.{operation}")],
        },
        cancellationToken);

    private Task<AwsResponse?> SendAsync(AwsAccount account, AwsProtocol protocol, string operation, JsonObject request, CancellationToken cancellationToken) =>
        SendAsync(client, account, protocol, operation, request, cancellationToken);

    private static JsonObjectBuilder Copy(JsonObject members)
    {
        var copy = new JsonObjectBuilder(members.Count + 2);
        foreach ((string name, JsonValue value) in members)
        {
            copy.Set(name, value);
        }

        return copy;
    }
}
