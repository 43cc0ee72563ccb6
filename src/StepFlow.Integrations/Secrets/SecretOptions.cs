namespace StepFlow.Integrations.Secrets;

/// <summary>
/// A secret or parameter that workflows may use: exactly one of <see cref="Value"/> and <see cref="KeyVaultUrl"/> is set.
/// Settings: <c>StepFlow:Secrets:NAME:…</c>.
/// </summary>
public sealed class SecretOptions
{
    /// <summary>Its value, as the configuration has it.</summary>
    public string? Value { get; set; }

    /// <summary>Where Azure Key Vault has it: <c>https://VAULT.vault.azure.net/secrets/NAME</c>, with a version behind it or without.</summary>
    public Uri? KeyVaultUrl { get; set; }

    /// <summary>
    /// Whether workflows see the value itself, so that it stands in histories. By default they see a placeholder, which
    /// becomes the value only where a task of the same execution is called with it.
    /// </summary>
    public bool Visible { get; set; }
}
