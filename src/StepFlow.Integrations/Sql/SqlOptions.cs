using System.ComponentModel.DataAnnotations;

namespace StepFlow.Integrations.Sql;

/// <summary>A database that tasks can execute statements in. Settings: <c>StepFlow:Sql:NAME:…</c>.</summary>
public sealed class SqlOptions
{
    /// <summary>Which database it is: Sqlite, SqlServer or PostgreSql. Required.</summary>
    public SqlProvider? Provider { get; set; }

    /// <summary>The connection string of the provider. Required. It can contain a password; better are <see cref="PasswordSecret"/> and <see cref="ManagedIdentity"/>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The name of the secret in <c>Secrets</c> that is the password. Null for none.</summary>
    public string? PasswordSecret { get; set; }

    /// <summary>Whether the host's managed identity signs in, or the one that the task's <c>Credentials</c> choose, with an access token instead of a password.</summary>
    public bool ManagedIdentity { get; set; }

    /// <summary>The scope of that access token. Null for the scope of the provider in the public cloud of Azure.</summary>
    public string? Scope { get; set; }

    /// <summary>Maximum seconds that the statements of one task take, from 1 to 3600, by default 30. The task's own timeout ends them earlier.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>Maximum bytes of a result, from 1 to 100 MiB, by default 6 MiB.</summary>
    [Range(1, 100 * 1024 * 1024)]
    public int MaxResponseBytes { get; set; } = 6 * 1024 * 1024;
}
