namespace StepFlow.Integrations.Secrets;

/// <summary>
/// A secret or parameter that workflows may use: exactly one of <see cref="Value"/> and <see cref="KeyVaultUrl"/> is set.
/// Settings: <c>StepFlow:Secrets:NAME:…</c>.
/// </summary>
public sealed class SecretOptions
{
    /// <summary>The value of the secret.</summary>
    public string? Value { get; set; }

    /// <summary>The URL of the secret in Azure Key Vault: <c>https://VAULT.vault.azure.net/secrets/NAME</c>, with or without a version.</summary>
    public Uri? KeyVaultUrl { get; set; }

    /// <summary>
    /// Whether workflows see the value, so that it is in histories. By default they see a placeholder. Only calls of tasks of
    /// the same execution replace it with the value.
    /// </summary>
    public bool Visible { get; set; }
}
