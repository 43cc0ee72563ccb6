using System.Text.RegularExpressions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>Secrets.</summary>
internal sealed partial class SecretsDouble(TimeProvider clock)
{
    private const string Missing = "Secrets Manager can't find the specified secret.";

    private readonly Dictionary<string, JsonObject> _secrets = new(StringComparer.Ordinal);

    /// <summary>The service's response; null if the action has no double.</summary>
    /// <param name="action">The action, as Resources name it.</param>
    /// <param name="arguments">What it is called with.</param>
    public TaskOutcome? Run(string action, JsonObject arguments)
    {
        string id = AwsResponses.Text(arguments, "SecretId") ?? string.Empty;
        JsonObject? secret = _secrets.Values.FirstOrDefault(known => AwsResponses.Text(known, "Name") == id || AwsResponses.Text(known, "Arn") == id);
        switch (action)
        {
            case "createSecret":
                return Create(arguments);
            case "listSecrets":
                return new TaskCompleted(JsonObject.Create(("SecretList", JsonArray.From(_secrets.Values.Select(static known => (JsonValue)JsonObject.Create(
                    ("Arn", known["Arn"]!), ("CreatedDate", known["CreatedDate"]!), ("Name", known["Name"]!)))))));
            case "getSecretValue" or "describeSecret" or "deleteSecret" when secret is null:
                return AwsResponses.SdkFailed("SecretsManager.ResourceNotFoundException", Missing, "SecretsManager", 400);
            case "getSecretValue":
                return new TaskCompleted(secret!.With("VersionStages", JsonArray.Create("AWSCURRENT")));
            case "describeSecret":
                return new TaskCompleted(secret!.Without("SecretString").Without("VersionId"));
            case "deleteSecret":
                _secrets.Remove(AwsResponses.Text(secret!, "Name")!);
                return new TaskCompleted(JsonObject.Create(("Arn", secret!["Arn"]!), ("DeletionDate", Now), ("Name", secret["Name"]!)));
            default:
                return null;
        }
    }

    private string Now => IsoTime.Milliseconds(clock.GetUtcNow());

    private TaskOutcome Create(JsonObject arguments)
    {
        string name = AwsResponses.Text(arguments, "Name") ?? string.Empty;
        if (!ValidName().IsMatch(name))
        {
            return AwsResponses.SdkFailed(
                "SecretsManager.SecretsManagerException",
                "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
                "SecretsManager",
                400);
        }

        JsonObject secret = new JsonObjectBuilder()
            .Set("Arn", $"arn:aws:secretsmanager:us-east-1:111111111111:secret:{name}-AbCdEf")
            .Set("CreatedDate", Now)
            .Set("Name", name)
            .SetIfPresent("SecretString", arguments["SecretString"])
            .Set("VersionId", AwsResponses.NewId())
            .Build();
        return _secrets.TryAdd(name, secret)
            ? new TaskCompleted(JsonObject.Create(("Arn", secret["Arn"]!), ("Name", name), ("VersionId", secret["VersionId"]!)))
            : AwsResponses.SdkFailed("SecretsManager.ResourceExistsException", $"The operation failed because the secret {name} already exists.", "SecretsManager", 400);
    }

    [GeneratedRegex(@"^[A-Za-z0-9\-/_+=.@!]+$")]
    private static partial Regex ValidName();
}
