using StepFlow.Integrations.Secrets;

namespace StepFlow.Integrations.Aws;

/// <summary>Replaces the secrets in results of AWS by placeholders, so that a workflow's history contains only those.</summary>
internal sealed class AwsSecrets(SecretPlaceholders placeholders)
{
    private const string SecretsManager = "secretsmanager";
    private const string Ssm = "ssm";
    private const string Kms = "kms";
    private const string Ecr = "ecr";

    /// <summary>The result without its secrets.</summary>
    public async Task<JsonObject> HideAsync(TaskCall call, AwsAccount account, AwsProtocol protocol, string operation, JsonObject result, CancellationToken cancellationToken)
    {
        return (protocol.Signing, operation) switch
        {
            (SecretsManager, "GetSecretValue") => await OfSecretAsync(result),
            (SecretsManager, "BatchGetSecretValue") => await EachAsync(result, "SecretValues", OfSecretAsync),
            (Ssm, "GetParameter") => result["Parameter"] is JsonObject parameter ? result.With("Parameter", await OfParameterAsync(parameter)) : result,
            (Ssm, "GetParameters" or "GetParametersByPath" or "GetParameterHistory") => await EachAsync(result, "Parameters", OfParameterAsync),
            (Kms, "Decrypt") => await HiddenAsync(result, "Plaintext", Kms, operation, (JsonObject)call.Arguments, "Plaintext"),
            (Kms, "GenerateDataKey") => await HiddenAsync(result, "Plaintext", Kms, "Decrypt", Decrypt("CiphertextBlob"), "Plaintext"),
            (Kms, "GenerateDataKeyPair") => await HiddenAsync(result, "PrivateKeyPlaintext", Kms, "Decrypt", Decrypt("PrivateKeyCiphertextBlob"), "Plaintext"),
            (Ecr, "GetAuthorizationToken") =>
                await EachAsync(result, "AuthorizationData", one => HiddenAsync(one, "AuthorizationToken", Ecr, operation, JsonObject.Empty, "authorizationData", "authorizationToken")),
            _ => result,
        };

        async Task<JsonObject> OfSecretAsync(JsonObject secret)
        {
            JsonObject request = new JsonObjectBuilder().SetIfPresent("SecretId", secret["ARN"] ?? secret["Name"]).SetIfPresent("VersionId", secret["VersionId"]).Build();
            secret = await HiddenAsync(secret, "SecretString", SecretsManager, "GetSecretValue", request, "SecretString");
            return await HiddenAsync(secret, "SecretBinary", SecretsManager, "GetSecretValue", request, "SecretBinary");
        }

        async Task<JsonObject> OfParameterAsync(JsonObject parameter) => parameter["Type"] is JsonString { Value: "SecureString" }
            ? await HiddenAsync(parameter, "Value", Ssm, "GetParameter", JsonObject.Create(("Name", Versioned(parameter)), ("WithDecryption", JsonValue.True)), "Parameter", "Value")
            : parameter;

        JsonObject Decrypt(string member) => new JsonObjectBuilder()
            .SetIfPresent("CiphertextBlob", result[member])
            .SetIfPresent("EncryptionContext", (call.Arguments as JsonObject)?["EncryptionContext"])
            .Build();

        async Task<JsonObject> HiddenAsync(JsonObject holder, string member, string service, string of, JsonObject request, params string[] path) => holder[member] is JsonString
            ? holder.With(member, await placeholders.CreateAsync(call, AwsSecretReader.Reference(account, service, of, request, path), cancellationToken))
            : holder;
    }

    private static string Versioned(JsonObject parameter)
    {
        string name = parameter["ARN"] is JsonString arn ? arn.Value : parameter.RequiredText("Name");
        return parameter["Version"] is JsonNumber version ? $"{name}:{version.Text}" : name;
    }

    private static async Task<JsonObject> EachAsync(JsonObject result, string member, Func<JsonObject, Task<JsonObject>> hide)
    {
        var hidden = new List<JsonValue>();
        foreach (JsonValue item in result[member] as JsonArray ?? JsonArray.Empty)
        {
            hidden.Add(item is JsonObject one ? await hide(one) : item);
        }

        return hidden.Count == 0 ? result : result.With(member, JsonArray.From(hidden));
    }
}
