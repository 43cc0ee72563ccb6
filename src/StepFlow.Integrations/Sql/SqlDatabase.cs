using System.Data;
using System.Data.Common;

namespace StepFlow.Integrations.Sql;

/// <summary>A database of the settings. What it is, and how it differs from the others, is its class.</summary>
/// <param name="name">Its name in the settings.</param>
/// <param name="options">Its settings.</param>
/// <param name="access">Who signs in.</param>
internal abstract class SqlDatabase(string name, SqlOptions options, SqlAccess access) : IDisposable
{
    public string Name => name;

    public SqlOptions Options => options;

    /// <summary>Who signs in.</summary>
    protected SqlAccess Access => access;

    /// <summary>Opens a connection.</summary>
    /// <param name="identity">The identity that the task's <c>Credentials</c> choose; null for the host's own.</param>
    public abstract Task<DbConnection> OpenAsync(string? identity, CancellationToken cancellationToken);

    /// <summary>Begins the transaction that all statements of a task are in.</summary>
    public virtual ValueTask<DbTransaction> BeginAsync(DbConnection connection, int statements, CancellationToken cancellationToken) =>
        connection.BeginTransactionAsync(IsolationLevel.Unspecified, cancellationToken);

    /// <summary>Ends what runs on the connection when the token is cancelled, where the provider does not do so itself.</summary>
    public virtual CancellationTokenRegistration StopOn(DbConnection connection, CancellationToken cancellationToken) => default;

    /// <summary>Why an exception of the provider was thrown; null where it is none of the provider's.</summary>
    /// <param name="opening">Whether the connection was being opened.</param>
    public abstract SqlFault? FaultOf(Exception failure, bool opening);

    /// <summary>Gives a parameter its value.</summary>
    public virtual void Bind(DbParameter parameter, JsonValue value) => parameter.Value = SqlValue.FromJson(value);

    /// <summary>The command of a statement. Values are bound: none becomes a part of the statement's text.</summary>
    public DbCommand Command(DbConnection connection, DbTransaction transaction, SqlStatement statement)
    {
        DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandTimeout = options.TimeoutSeconds;
#pragma warning disable CA2100 // The statement is the task's own; what it is given at run time are its parameters.
        command.CommandText = statement.Text;
#pragma warning restore CA2100
        foreach ((string parameterName, JsonValue value) in statement.Parameters)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = "@" + parameterName;
            Bind(parameter, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Closes the connections that the provider keeps open.</summary>
    public abstract void Dispose();
}
