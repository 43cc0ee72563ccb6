using System.Data;
using System.Data.Common;

namespace StepFlow.Integrations.Sql;

/// <summary>A database of the settings. There is a class for each kind.</summary>
/// <param name="name">Its name in the settings.</param>
/// <param name="access">Who signs in.</param>
internal abstract class SqlDatabase(string name, SqlOptions options, SqlAccess access) : IDisposable
{
    public string Name => name;

    public SqlOptions Options => options;

    /// <summary>Who signs in.</summary>
    protected SqlAccess Access => access;

    /// <summary>Opens a connection.</summary>
    /// <param name="identity">The identity that the task's <c>Credentials</c> choose; null for that of the host.</param>
    public abstract Task<DbConnection> OpenAsync(string? identity, CancellationToken cancellationToken);

    /// <summary>Begins the transaction that all statements of a task are in.</summary>
    public virtual ValueTask<DbTransaction> BeginAsync(DbConnection connection, int statements, CancellationToken cancellationToken) =>
        connection.BeginTransactionAsync(IsolationLevel.Unspecified, cancellationToken);

    /// <summary>Cancels running statements when the token is cancelled, if the provider does not do so itself.</summary>
    public virtual CancellationTokenRegistration StopOn(DbConnection connection, CancellationToken cancellationToken) => default;

    /// <summary>The reason of an exception; null if it is not an exception of the provider.</summary>
    /// <param name="opening">Whether the connection was being opened.</param>
    public abstract SqlFault? FaultOf(Exception failure, bool opening);

    public virtual void Bind(DbParameter parameter, JsonValue value) => parameter.Value = SqlValue.FromJson(value);

    /// <summary>The command of a statement. Values are parameters and never a part of the statement's text.</summary>
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

    /// <summary>Closes the pooled connections of the provider.</summary>
    public abstract void Dispose();
}
