using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace StepFlow.Integrations.Sql;

/// <summary>Validates the settings of a database. Messages never contain a part of the connection string.</summary>
internal static class SqlOptionsCheck
{
    /// <summary>The settings below the connection that are wrong, and how.</summary>
    /// <param name="options">The connection's settings.</param>
    /// <param name="isSecret">Whether a secret has this name.</param>
    public static IEnumerable<(string Setting, string Problem)> Problems(SqlOptions options, Func<string, bool> isSecret)
    {
        if (options.Provider is not { } provider)
        {
            yield return (":Provider", "is required: Sqlite, SqlServer or PostgreSql");
        }
        else if (string.IsNullOrEmpty(options.ConnectionString))
        {
            yield return (":ConnectionString", "is required");
        }
        else if (Parse(provider, options.ConnectionString) is not { } parsed)
        {
            yield return (":ConnectionString", $"is not a connection string of {provider}");
        }
        else if (parsed is SqlConnectionStringBuilder { Authentication: not (SqlAuthenticationMethod.NotSpecified or SqlAuthenticationMethod.SqlPassword) })
        {
            yield return (":ConnectionString", "must not contain Authentication: set ManagedIdentity instead");
        }

        if (options is { ManagedIdentity: true, PasswordSecret: not null })
        {
            yield return (string.Empty, "must have PasswordSecret or ManagedIdentity, not both");
        }

        if (options.Provider == SqlProvider.Sqlite && (options.ManagedIdentity || options.PasswordSecret is not null))
        {
            yield return (string.Empty, "must not have PasswordSecret or ManagedIdentity, because a SQLite file has no sign-in");
        }

        if (options.PasswordSecret is { } secret && !isSecret(secret))
        {
            yield return (":PasswordSecret", $"names a secret that does not exist: add 'Secrets:{secret}:Value' or 'Secrets:{secret}:KeyVaultUrl'");
        }

        if (options.Provider == SqlProvider.SqlServer && !SqlServerCultures.AreAvailable)
        {
            yield return (":Provider", SqlServerCultures.Missing);
        }
    }

    private static DbConnectionStringBuilder? Parse(SqlProvider provider, string text)
    {
        try
        {
            return provider switch
            {
                SqlProvider.SqlServer => new SqlConnectionStringBuilder(text),
                SqlProvider.PostgreSql => new NpgsqlConnectionStringBuilder(text),
                _ => new SqliteConnectionStringBuilder(text),
            };
        }
        catch (Exception refusal) when (refusal is ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
