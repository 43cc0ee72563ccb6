using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace StepFlow.Integrations.Sql;

/// <summary>A SQLite file of this machine.</summary>
internal sealed class SqliteDatabase(string name, SqlOptions options, SqlAccess access) : SqlDatabase(name, options, access)
{
    // SQLITE_LIMIT_ATTACHED of sqlite3.h.
    private const int LimitAttached = 7;

    /// <summary>How long a statement waits for the lock of another process, in seconds. Then the task is repeated.</summary>
    private const int BusySeconds = 5;

    private readonly string _connectionString = new SqliteConnectionStringBuilder(options.ConnectionString) { DefaultTimeout = Math.Min(BusySeconds, options.TimeoutSeconds) }.ToString();

    public override async Task<DbConnection> OpenAsync(string? identity, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);

            // A statement reaches this file, and no other of the machine.
            raw.sqlite3_limit(connection.Handle, LimitAttached, 0);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>One statement takes its lock itself, so a file that is only read needs none. Several take it before the first, or another writer could come between.</summary>
    public override ValueTask<DbTransaction> BeginAsync(DbConnection connection, int statements, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: statements == 1));

    public override CancellationTokenRegistration StopOn(DbConnection connection, CancellationToken cancellationToken) =>
        cancellationToken.Register(static state => raw.sqlite3_interrupt((sqlite3)state!), ((SqliteConnection)connection).Handle);

    public override SqlFault? FaultOf(Exception failure, bool opening) => failure switch
    {
        // The provider checks before it executes that every parameter has a value.
        InvalidOperationException when failure.Source == "Microsoft.Data.Sqlite" => SqlFault.Parameter,
        SqliteException refusal => refusal.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_IOERR or raw.SQLITE_FULL or raw.SQLITE_NOMEM => SqlFault.Outage,
            raw.SQLITE_CONSTRAINT => SqlFault.Constraint,
            raw.SQLITE_CANTOPEN or raw.SQLITE_NOTADB => SqlFault.Database,
            raw.SQLITE_PERM or raw.SQLITE_READONLY or raw.SQLITE_AUTH => SqlFault.Permission,
            raw.SQLITE_MISMATCH or raw.SQLITE_RANGE or raw.SQLITE_TOOBIG => SqlFault.Value,
            raw.SQLITE_ERROR => SqlFault.Syntax,
            _ => SqlFault.Statement,
        },
        _ => null,
    };

    // The provider would bind a decimal as a text.
    public override void Bind(DbParameter parameter, JsonValue value) =>
        parameter.Value = SqlValue.FromJson(value) is var bound && bound is decimal exact ? Convert.ToDouble(exact, CultureInfo.InvariantCulture) : bound;

    public override void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
