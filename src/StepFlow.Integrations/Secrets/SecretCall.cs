namespace StepFlow.Integrations.Secrets;

/// <summary>The common code of the calls that read secrets.</summary>
internal sealed class SecretCall(SecretStore secrets, SecretPlaceholders placeholders, SettingHints hints)
{
    /// <summary>The secret, and the text that the workflow sees of it; null where no setting names it.</summary>
    public async Task<(SecretValue Secret, string Text)?> FindAsync(TaskCall call, string name, CancellationToken cancellationToken) =>
        await secrets.FindAsync(name, cancellationToken) is not { } secret ? null
        : (secret, secret.Visible ? secret.Text : await placeholders.CreateAsync(call, name, cancellationToken));

    /// <summary>The end of a cause that names the setting to add.</summary>
    public string Hint(string name) => hints.Add($"Secrets:{name}:Value", $"Secrets:{name}:KeyVaultUrl");
}
