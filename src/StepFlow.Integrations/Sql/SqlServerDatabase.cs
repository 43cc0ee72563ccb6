using System.Collections.Concurrent;
using System.Data.Common;
using Azure.Core;
using Microsoft.Data.SqlClient;

namespace StepFlow.Integrations.Sql;

/// <summary>SQL Server, or Azure SQL.</summary>
internal sealed class SqlServerDatabase : SqlDatabase
{
    private const string PublicScope = "https://database.windows.net/.default";

    // The least severity of failures that end the connection ("Database Engine error severities").
    private const byte FatalSeverity = 20;

    // By identity, because the provider has one pool for each callback.
    private readonly ConcurrentDictionary<string, Func<SqlAuthenticationParameters, CancellationToken, Task<SqlAuthenticationToken>>> _tokens = new(StringComparer.Ordinal);

    public SqlServerDatabase(string name, SqlOptions options, SqlAccess access)
        : base(name, options, access) => SqlServerCultures.Enable();

    public override async Task<DbConnection> OpenAsync(string? identity, CancellationToken cancellationToken)
    {
        var settings = new SqlConnectionStringBuilder(Options.ConnectionString);
        if (Options.PasswordSecret is { } secret)
        {
            settings.Password = await Access.PasswordAsync(secret, cancellationToken);
        }

        var connection = new SqlConnection(settings.ConnectionString);
        try
        {
            if (Options.ManagedIdentity)
            {
                connection.AccessTokenCallback = _tokens.GetOrAdd(identity ?? string.Empty, key => async (_, token) =>
                {
                    AccessToken access = await Access.TokenAsync(key.Length == 0 ? null : key, Options.Scope ?? PublicScope, token);
                    return new SqlAuthenticationToken(access.Token, access.ExpiresOn);
                });
            }

            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // The pools belong to the process. They close idle connections themselves.
    public override void Dispose()
    {
    }

    public override SqlFault? FaultOf(Exception failure, bool opening) =>
        failure is SqlException refusal ? OfNumber(refusal.Number, refusal.Class >= FatalSeverity, opening) : null;

    /// <summary>By the numbers of SQL Server ("Database Engine events and errors") and of Azure SQL ("Troubleshoot transient connection errors").</summary>
    internal static SqlFault OfNumber(int number, bool isFatal, bool opening) => number switch
    {
        1205 or 3960 or 3961 => SqlFault.Deadlock,
        -2 or 1222 => opening ? SqlFault.Outage : SqlFault.Timeout,
        18452 or 18456 or 18470 or 18486 or 18487 or 18488 => SqlFault.Login,
        4060 => SqlFault.Database,
        229 or 230 or 262 or 300 => SqlFault.Permission,
        515 or 547 or 2601 or 2627 => SqlFault.Constraint,
        220 or 232 or 241 or 242 or 245 or 248 or 2628 or 8114 or 8115 or 8152 or 8169 => SqlFault.Value,
        102 or 105 or 156 or 170 or 207 or 208 or 213 or 2812 or 4104 => SqlFault.Syntax,
        137 or 8178 => SqlFault.Parameter,
        -1 or 2 or 53 or 64 or 121 or 233 or 258 or 4221 or 10053 or 10054 or 10060 or 10061 or 10928 or 10929 or 11001
            or 40143 or 40197 or 40501 or 40540 or 40613 or 49918 or 49919 or 49920 => SqlFault.Outage,
        _ => isFatal || opening ? SqlFault.Outage : SqlFault.Statement,
    };
}
