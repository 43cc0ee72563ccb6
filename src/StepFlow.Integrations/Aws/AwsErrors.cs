using System.Collections.Frozen;
using StepFlow.Integrations.Responses;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Aws;

/// <summary>How calls of AWS fail.</summary>
internal static class AwsErrors
{
    /// <summary>Codes that no service's clients have an exception for, unless the service has one of its own.</summary>
    private static readonly FrozenSet<string> Common = FrozenSet.ToFrozenSet(
        [
            "AccessDenied", "AccessDeniedException", "ExpiredToken", "ExpiredTokenException", "IncompleteSignature", "IncompleteSignatureException",
            "InternalFailure", "InvalidClientTokenId", "InvalidSignatureException", "MissingAuthenticationToken", "MissingAuthenticationTokenException", "NotAuthorized",
            "OptInRequired", "RequestExpired", "SerializationException", "ServiceUnavailable", "SignatureDoesNotMatch", "Throttling", "ThrottlingException",
            "UnknownOperationException", "UnrecognizedClientException", "ValidationError", "ValidationException",
        ], StringComparer.Ordinal);

    /// <summary>Codes that say that the key is not right.</summary>
    private static readonly FrozenSet<string> OfKeys = FrozenSet.ToFrozenSet(
        [
            "ExpiredToken", "ExpiredTokenException", "IncompleteSignature", "IncompleteSignatureException", "InvalidClientTokenId", "InvalidSignatureException",
            "MissingAuthenticationToken", "MissingAuthenticationTokenException", "SignatureDoesNotMatch", "UnrecognizedClientException",
        ], StringComparer.Ordinal);

    /// <summary>No setting names the account.</summary>
    public static string UnknownAccount(string name) => $"The account '{name}' of AWS is not known. Add the setting '{TaskErrors.Section}:Aws:{name}:Region'.";

    /// <summary>The service speaks another protocol.</summary>
    public static string UnknownService(string service) =>
        $"The service '{service}' cannot be called at AWS from here: only those that speak JSON can, which are lambda, {string.Join(", ", AwsProtocols.Names)}. " +
        $"Give its Resource another meaning in the setting '{TaskErrors.Section}:Resources'.";

    /// <summary>A job that nothing here knows how to ask for.</summary>
    public static string NoSync(string resource) =>
        $"'{resource}' waits for a job of AWS that cannot be waited for from here; these can: {string.Join(", ", AwsJobs.Names)}. " +
        "Start it without '.sync', and ask for its end in a loop of a Wait and a Task state.";

    /// <summary>There is no key to sign with.</summary>
    public static string NoKey(string account) =>
        $"There is no access key for the account '{account}' of AWS: add the setting '{TaskErrors.Section}:Aws:{account}:RoleArn', or ':AccessKeyId' and ':SecretAccessKey', or the variables {AwsEnvironment.KeyId} and {AwsEnvironment.Secret}.";

    /// <summary>The result is larger than allowed.</summary>
    public static string TooLarge(AwsAccount account) =>
        $"The result is larger than {account.Options.MaxResponseBytes} bytes; see the setting '{TaskErrors.Section}:Aws:{account.Name}:MaxResponseBytes'.";

    /// <summary>The failure that a response describes (AWS JSON protocols, "Operation error serialization").</summary>
    public static AwsFailure Read(AwsResponse response, FrozenSet<string> modelled, AwsAccount account)
    {
        JsonObject body = response.Json as JsonObject ?? JsonObject.Empty;
        string type = response.Header("x-amzn-errortype") ?? body.Text("__type") ?? body.Text("code") ?? "UnknownError";
        string code = type[(type.LastIndexOf('#') + 1)..].Split(':')[0];
        string message = body.Text("message") ?? body.Text("Message") ?? $"The service gave the status {response.Status} without a message.";
        if (OfKeys.Contains(code))
        {
            message += $" The key is that of the account '{account.Name}' (setting '{TaskErrors.Section}:Aws:{account.Name}').";
        }

        AwsFailure failure = Common.Contains(code) && !modelled.Contains(code)
            ? AwsFailure.Unmodelled(code, message, response.Status)
            : AwsFailure.Modelled(code, message, response.Status);
        return failure with { RequestId = response.RequestId };
    }
}
