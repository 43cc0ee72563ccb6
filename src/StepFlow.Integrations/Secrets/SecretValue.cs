namespace StepFlow.Integrations.Secrets;

/// <summary>A secret as it was found.</summary>
/// <param name="Version">Its version; null where it has none.</param>
/// <param name="Visible">Whether workflows may see the value.</param>
internal sealed record SecretValue(string Text, string? Version, bool Visible)
{
    /// <summary>Never the value: records print themselves into logs.</summary>
    public override string ToString() => "a secret";
}
