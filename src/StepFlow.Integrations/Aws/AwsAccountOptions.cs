using System.ComponentModel.DataAnnotations;

namespace StepFlow.Integrations.Aws;

/// <summary>
/// An account of AWS whose services workflows may call, where the map of Resources says so. Settings: <c>StepFlow:Aws:NAME:…</c>.
/// Without a key and a role the environment has the key, as for every AWS client: <c>AWS_ACCESS_KEY_ID</c>,
/// <c>AWS_SECRET_ACCESS_KEY</c>, <c>AWS_SESSION_TOKEN</c>.
/// </summary>
public sealed class AwsAccountOptions
{
    /// <summary>The region; null for the environment's, <c>AWS_REGION</c> or <c>AWS_DEFAULT_REGION</c>.</summary>
    public string? Region { get; set; }

    /// <summary>An access key's id; null for the environment's key or a role.</summary>
    public string? AccessKeyId { get; set; }

    /// <summary>The access key's secret; null for the environment's key or a role.</summary>
    public string? SecretAccessKey { get; set; }

    /// <summary>The token of a temporary key; null for none.</summary>
    public string? SessionToken { get; set; }

    /// <summary>
    /// The ARN of a role. The host's managed identity assumes it with a token (STS API, AssumeRoleWithWebIdentity), so no AWS
    /// key is stored. Null to use a key.
    /// </summary>
    public string? RoleArn { get; set; }

    /// <summary>
    /// For <see cref="RoleArn"/>, the audience of the token, which is the audience of the identity provider in AWS. By
    /// default <c>api://AzureADTokenExchange</c>.
    /// </summary>
    public string Audience { get; set; } = "api://AzureADTokenExchange";

    /// <summary>One URL for all services (https, or http on this machine), for example of a private endpoint or an emulator. Null for the URLs of AWS.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Maximum seconds of a request, from 1 to 3600. By default 60. A call of a function can always take 900.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 60;

    /// <summary>Maximum bytes of a result, from 1 to 100 MiB. By default 6 MiB.</summary>
    [Range(1, 100 * 1024 * 1024)]
    public int MaxResponseBytes { get; set; } = 6 * 1024 * 1024;

    /// <summary>Whether workflows and histories contain the secrets of Secrets Manager and Systems Manager. False by default: they contain placeholders.</summary>
    public bool VisibleSecrets { get; set; }
}
