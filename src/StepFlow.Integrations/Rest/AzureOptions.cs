namespace StepFlow.Integrations.Rest;

/// <summary>Azure itself. Settings: <c>StepFlow:Azure:…</c>.</summary>
public sealed class AzureOptions
{
    /// <summary>Azure Resource Manager: https, or http on this machine. By default that of the public cloud.</summary>
    public Uri ManagementUrl { get; set; } = new("https://management.azure.com");
}
