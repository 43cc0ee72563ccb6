using System.Text.RegularExpressions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>Secrets.</summary>
internal static partial class SecretsDouble
{
    public static TaskOutcome Create(TaskCall call)
    {
        string name = AwsAnswers.Text(call.Arguments, "Name") ?? string.Empty;
        return ValidName().IsMatch(name)
            ? new TaskCompleted(JsonObject.Create(("Arn", $"arn:aws:secretsmanager:us-east-1:111111111111:secret:{name}-AbCdEf"), ("Name", name), ("VersionId", AwsAnswers.NewId())))
            : AwsAnswers.SdkFailed(
                "SecretsManager.SecretsManagerException",
                "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
                "SecretsManager",
                400);
    }

    [GeneratedRegex(@"^[A-Za-z0-9\-/_+=.@!]+$")]
    private static partial Regex ValidName();
}
