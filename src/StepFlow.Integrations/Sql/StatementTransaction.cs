using System.Data.Common;

namespace StepFlow.Integrations.Sql;

/// <summary>The transaction of one task. It shows how far it is: what a failure means depends on that.</summary>
/// <param name="identity">The identity that opens the connection; null for the one of the connection's settings.</param>
internal sealed class StatementTransaction(SqlDatabase database, string? identity)
{
    /// <summary>Whether the connection is not open yet, so nothing was changed.</summary>
    public bool IsOpening { get; private set; } = true;

    /// <summary>Whether the database may have made the changes already.</summary>
    public bool IsCommitting { get; private set; }

    /// <summary>Runs the statements and commits them.</summary>
    /// <returns>The result of each, or why one cannot be a result; nothing was changed then.</returns>
    public async Task<(List<JsonValue>? Results, TaskRejected? Problem)> RunAsync(IReadOnlyList<SqlStatement> statements, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(identity, cancellationToken);
        IsOpening = false;
        await using CancellationTokenRegistration registration = database.StopOn(connection, cancellationToken);
        await using DbTransaction transaction = await database.BeginAsync(connection, statements.Count, cancellationToken);
        var results = new List<JsonValue>(statements.Count);
        var read = new SqlResult(database);
        foreach (SqlStatement statement in statements)
        {
            await using DbCommand command = database.Command(connection, transaction, statement);
            await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            (JsonObject? result, TaskRejected? problem) = await read.ReadAsync(reader, cancellationToken);
            if (result is null)
            {
                return (null, problem);
            }

            results.Add(result);
        }

        cancellationToken.ThrowIfCancellationRequested();
        IsCommitting = true;
        await transaction.CommitAsync(CancellationToken.None);
        return (results, null);
    }
}
