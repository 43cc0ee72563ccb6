using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace StepFlow.Integrations.Sql;

/// <summary>PostgreSQL, or Azure Database for PostgreSQL.</summary>
internal sealed class PostgreSqlDatabase(string name, SqlOptions options, SqlAccess access) : SqlDatabase(name, options, access)
{
    private const string PublicScope = "https://ossrdbms-aad.database.windows.net/.default";

    // By identity: pooled connections are signed in.
    private readonly ConcurrentDictionary<string, Lazy<NpgsqlDataSource>> _sources = new(StringComparer.Ordinal);

    public override async Task<DbConnection> OpenAsync(string? identity, CancellationToken cancellationToken)
    {
        string signedIn = Options.ManagedIdentity ? identity ?? string.Empty : string.Empty;
        return await _sources.GetOrAdd(signedIn, key => new(() => Create(key.Length == 0 ? null : key))).Value.OpenConnectionAsync(cancellationToken);
    }

    public override SqlFault? FaultOf(Exception failure, bool opening) => failure switch
    {
        PostgresException refusal => OfState(refusal.SqlState),
        NpgsqlException { InnerException: TimeoutException } when !opening => SqlFault.Timeout,
        NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException or TimeoutException } => SqlFault.Outage,
        NpgsqlException => opening ? SqlFault.Login : SqlFault.Statement,
        _ => null,
    };

    // A text without a type gets the type that the statement needs: a date, an identifier, a document.
    public override void Bind(DbParameter parameter, JsonValue value)
    {
        parameter.Value = SqlValue.FromJson(value) is var bound && bound is long integer && integer is >= int.MinValue and <= int.MaxValue ? (int)integer : bound;
        if (value is JsonString)
        {
            ((NpgsqlParameter)parameter).NpgsqlDbType = NpgsqlDbType.Unknown;
        }
    }

    public override void Dispose()
    {
        foreach (Lazy<NpgsqlDataSource> source in _sources.Values.Where(static source => source.IsValueCreated))
        {
            source.Value.Dispose();
        }
    }

    private NpgsqlDataSource Create(string? identity)
    {
        var builder = new NpgsqlDataSourceBuilder(Options.ConnectionString);
        if (Options.ManagedIdentity || Options.PasswordSecret is not null)
        {
            builder.UsePasswordProvider(
                static _ => throw new NotSupportedException("Connections are opened asynchronously."),
                async (_, cancellationToken) => Options.PasswordSecret is { } secret
                    ? await Access.PasswordAsync(secret, cancellationToken)
                    : (await Access.TokenAsync(identity, Options.Scope ?? PublicScope, cancellationToken)).Token);
        }

        return builder.Build();
    }

    /// <summary>By the classes and codes of PostgreSQL ("PostgreSQL Error Codes").</summary>
    private static SqlFault OfState(string state) => state switch
    {
        "40001" or "40P01" => SqlFault.Deadlock,
        "57014" or "55P03" => SqlFault.Timeout,
        "3D000" => SqlFault.Database,
        "42501" => SqlFault.Permission,
        ['0', '8', ..] or ['5', '3', ..] or "57P01" or "57P02" or "57P03" => SqlFault.Outage,
        ['2', '3', ..] => SqlFault.Constraint,
        ['2', '8', ..] => SqlFault.Login,
        ['2', '2', ..] => SqlFault.Value,
        ['4', '2', ..] => SqlFault.Syntax,
        _ => SqlFault.Statement,
    };
}
