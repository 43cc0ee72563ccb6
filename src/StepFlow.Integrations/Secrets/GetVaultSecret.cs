namespace StepFlow.Integrations.Secrets;

/// <summary><c>azure:keyvault:getSecret</c>: a secret of the settings by its <c>Name</c>; the result has <c>Name</c>, <c>Value</c> and <c>Version</c>.</summary>
internal sealed class GetVaultSecret(SecretCall secrets) : ITaskIntegration
{
    public string Name => "azure:keyvault:getSecret";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string name = arguments.RequiredText("Name");
        if (arguments.Problem is { } problem)
        {
            return new TaskRejected("KeyVault.InvalidArgument", problem);
        }

        return await secrets.FindAsync(call, name, cancellationToken) is { } found
            ? new TaskCompleted(new JsonObjectBuilder().Set("Name", name).Set("Value", found.Text).SetIfPresent("Version", found.Secret.Version).Build())
            : new TaskRejected("KeyVault.SecretNotFound", $"The secret '{name}' is not known{(secrets.Hint(name) is { Length: > 0 } hint ? hint : ".")}");
    }
}
