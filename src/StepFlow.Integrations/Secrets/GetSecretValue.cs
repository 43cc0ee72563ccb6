namespace StepFlow.Integrations.Secrets;

/// <summary><c>aws-sdk:secretsmanager:getSecretValue</c>: a secret of the settings by its name or ARN (AWS Secrets Manager API, GetSecretValue).</summary>
internal sealed class GetSecretValue(SecretCall secrets) : ITaskIntegration
{
    private const string ArnPart = ":secret:";

    public string Name => "aws-sdk:secretsmanager:getSecretValue";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string id = arguments.RequiredText("SecretId");
        string stage = arguments.Text("VersionStage") ?? "AWSCURRENT";
        if (arguments.Problem is { } problem)
        {
            return AwsService.SecretsManager.Fail(call, AwsFailure.Modelled("InvalidParameterException", problem));
        }

        string name = id.Contains(ArnPart, StringComparison.Ordinal) ? id[(id.IndexOf(ArnPart, StringComparison.Ordinal) + ArnPart.Length)..] : id;

        // An ARN ends in a hyphen and six characters of chance.
        string bare = name != id && name.Length > 7 && name[^7] == '-' ? name[..^7] : name;
        (SecretValue Secret, string Text)? found = await secrets.FindAsync(call, name, cancellationToken) ?? await secrets.FindAsync(call, bare, cancellationToken);
        if (found is not { } value || stage != "AWSCURRENT")
        {
            return AwsService.SecretsManager.Fail(call, AwsFailure.Modelled("ResourceNotFoundException", "Secrets Manager can't find the specified secret."), found is null ? secrets.Hint(bare) : string.Empty);
        }

        return new TaskCompleted(JsonObject.Create(
            ("Arn", name != id ? id : call.Arn("secretsmanager", "secret:" + name) ?? name),
            ("Name", bare),
            ("SecretString", value.Text),
            ("VersionId", value.Secret.Version ?? RequestId.Derive(name, "secret-version")),
            ("VersionStages", JsonArray.Create("AWSCURRENT"))));
    }
}
