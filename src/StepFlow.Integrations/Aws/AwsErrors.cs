using System.Collections.Frozen;

namespace StepFlow.Integrations.Aws;

/// <summary>How calls of AWS fail.</summary>
internal static class AwsErrors
{
    /// <summary>Error codes for which no client of AWS has an exception, unless a service defines it.</summary>
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
    public static string UnknownAccount(string name) => $"The AWS account '{name}' is not known. Add the setting '{TaskErrors.Section}:Aws:{name}:Region'.";

    /// <summary>The protocol of the service is not supported.</summary>
    public static string UnknownService(string service) =>
        $"The AWS service '{service}' is not supported. Supported are lambda, {string.Join(", ", AwsProtocols.Names)}. " +
        $"Map its Resource to something else in the setting '{TaskErrors.Section}:Resources'.";

    /// <summary>Waiting for this kind of job is not supported.</summary>
    public static string NoSync(string resource) =>
        $"'{resource}' waits for an AWS job, which is not supported. Supported are {string.Join(", ", AwsJobs.Names)}. " +
        "Start it without '.sync', and check for its end in a loop with a Wait and a Task state.";

    /// <summary>There is no key for the signature.</summary>
    public static string NoKey(string account) =>
        $"There is no access key for the AWS account '{account}'. Add the setting '{TaskErrors.Section}:Aws:{account}:RoleArn', or ':AccessKeyId' and ':SecretAccessKey', or the variables {AwsEnvironment.KeyId} and {AwsEnvironment.Secret}.";

    /// <summary>The result is larger than allowed.</summary>
    public static string TooLarge(AwsAccount account) =>
        $"The result is larger than {account.Options.MaxResponseBytes} bytes. See the setting '{TaskErrors.Section}:Aws:{account.Name}:MaxResponseBytes'.";

    /// <summary>The failure that a response describes (AWS JSON protocols, "Operation error serialization").</summary>
    public static AwsFailure Read(AwsResponse response, FrozenSet<string> modelled, AwsAccount account)
    {
        JsonObject body = response.Json as JsonObject ?? JsonObject.Empty;
        string type = response.Header("x-amzn-errortype") ?? body.Text("__type") ?? body.Text("code") ?? "UnknownError";
        string code = type[(type.LastIndexOf('#') + 1)..].Split(':')[0];
        string message = body.Text("message") ?? body.Text("Message") ?? $"The service responded with status {response.Status} and no message.";
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
