using StepFlow.Integrations.Secrets;

namespace StepFlow.Integrations.Aws;

/// <summary>Reads a secret of a service of AWS again.</summary>
internal sealed class AwsSecretReader(AwsAccounts accounts, AwsClient client) : IRemoteSecrets
{
    private const string Account = "account";
    private const string Service = "service";
    private const string Operation = "operation";
    private const string Request = "request";
    private const string Path = "path";

    /// <summary>How a secret is read again.</summary>
    /// <param name="service">The service, as Resources name it.</param>
    /// <param name="path">Where the secret is in the result: members of objects, and the first item of each list.</param>
    public static JsonObject Reference(AwsAccount account, string service, string operation, JsonObject request, params IEnumerable<string> path) => JsonObject.Create(
        (Account, account.Name), (Service, service), (Operation, operation), (Request, request), (Path, JsonArray.From(path.Select(static part => (JsonValue)part))));

    public async Task<string?> FindAsync(JsonObject reference, CancellationToken cancellationToken)
    {
        if (!reference.ContainsKey(Account) || accounts.Find(reference.RequiredText(Account)) is not { } account || AwsProtocols.Find(reference.RequiredText(Service)) is not { } protocol)
        {
            return null;
        }

        string operation = reference.RequiredText(Operation);
        AwsResponse? response = await AwsOperations.SendAsync(client, account, protocol, operation, (JsonObject)reference[Request]!, cancellationToken);
        if (response is not { IsSuccess: true, Json: { } json })
        {
            string why = response is null ? AwsErrors.TooLarge(account) : AwsErrors.Read(response, protocol.Modelled, account) is var failure ? $"{failure.Code}: {failure.Message}" : string.Empty;
            throw new InvalidOperationException($"AWS did not return the secret of '{protocol.Target}.{operation}' again: {why}");
        }

        foreach (JsonValue part in (JsonArray)reference[Path]!)
        {
            JsonValue? next = json is JsonArray { Count: > 0 } items ? items[0] : json;
            json = next is JsonObject members && members[((JsonString)part).Value] is { } value ? value : JsonValue.Null;
        }

        return json is JsonString text ? text.Value : null;
    }
}
