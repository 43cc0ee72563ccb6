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
    /// The ARN of a role that is taken on with a token of the host's managed identity, so that no key of AWS is stored
    /// (STS API, AssumeRoleWithWebIdentity); null for a key.
    /// </summary>
    public string? RoleArn { get; set; }

    /// <summary>For <see cref="RoleArn"/>, what the token is asked for: the audience of the identity provider in AWS. By default <c>api://AzureADTokenExchange</c>.</summary>
    public string Audience { get; set; } = "api://AzureADTokenExchange";

    /// <summary>One address for all services, https or http on this machine: a private endpoint or an emulator; null for those of AWS.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Seconds that a request may take, from 1 to 3600, by default 60; a function's call may take 900 at least.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 60;

    /// <summary>Bytes that a result may have, from 1 to 100 MiB, by default 6 MiB.</summary>
    [Range(1, 100 * 1024 * 1024)]
    public int MaxResponseBytes { get; set; } = 6 * 1024 * 1024;

    /// <summary>Whether workflows and histories see the secrets that Secrets Manager and Systems Manager give. False by default: they see placeholders.</summary>
    public bool VisibleSecrets { get; set; }
}
