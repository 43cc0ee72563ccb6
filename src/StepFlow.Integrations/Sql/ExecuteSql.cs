using System.Data.Common;
using StepFlow.Integrations.Identities;

namespace StepFlow.Integrations.Sql;

/// <summary>
/// <c>azure:sql:execute</c>: a statement with <c>Parameters</c>, or several (<c>Statements</c>), in the database <c>Connection</c> of the setting
/// <c>Sql</c>. They are one transaction: if the task fails, nothing was changed. The result has <c>Rows</c>
/// and <c>RowsAffected</c>. For several statements it has <c>Results</c> with these.
/// </summary>
internal sealed class ExecuteSql(SqlDatabases databases, TaskIdentities identities, SettingHints hints, TimeProvider time) : ITaskIntegration
{
    public const string Service = "azure:sql";

    public string Name => Service + ":execute";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string name = arguments.RequiredText("Connection");
        IReadOnlyList<SqlStatement> statements = SqlStatement.Read(arguments, call.IdempotencyKey);
        if (arguments.Problem is { } problem)
        {
            return new TaskRejected(SqlErrors.InvalidArgument, problem);
        }

        if (databases.Find(name) is not { } database)
        {
            return SqlErrors.UnknownConnection(name, databases.Names, hints);
        }

        using var slow = new CancellationTokenSource(TimeSpan.FromSeconds(database.Options.TimeoutSeconds), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, slow.Token);
        (bool opening, bool committing) = (true, false);
        try
        {
            // The provider of SQLite returns only when the statement has ended.
            return await Task.Run(ExecuteAsync, cancellationToken);
        }
        catch (Exception failure) when (stop.IsCancellationRequested || database.FaultOf(failure, opening) is not null)
        {
            // A provider may report a cancelled statement with its own exception.
            cancellationToken.ThrowIfCancellationRequested();
            SqlFault fault = slow.IsCancellationRequested ? SqlFault.Timeout : database.FaultOf(failure, opening)!.Value;
            return fault switch
            {
                // Whether the changes were made is not known.
                SqlFault.Timeout when opening || committing => throw SqlErrors.Outage(database, fault, failure.Message),
                SqlFault.Outage or SqlFault.Deadlock => throw SqlErrors.Outage(database, fault, failure.Message),
                SqlFault.Timeout => SqlErrors.TooSlow(database),
                _ => SqlErrors.Refused(fault, failure.Message),
            };
        }

        async Task<TaskOutcome> ExecuteAsync()
        {
            await using DbConnection connection = await database.OpenAsync(identities.NameOf(call), stop.Token);
            opening = false;
            await using CancellationTokenRegistration registration = database.StopOn(connection, stop.Token);
            await using DbTransaction transaction = await database.BeginAsync(connection, statements.Count, stop.Token);
            var results = new List<JsonValue>(statements.Count);
            var read = new SqlResult(database);
            foreach (SqlStatement statement in statements)
            {
                await using DbCommand command = database.Command(connection, transaction, statement);
                await using DbDataReader reader = await command.ExecuteReaderAsync(stop.Token);
                (JsonObject? result, TaskRejected? refused) = await read.ReadAsync(reader, stop.Token);
                if (result is null)
                {
                    return refused!;
                }

                results.Add(result);
            }

            stop.Token.ThrowIfCancellationRequested();
            committing = true;
            await transaction.CommitAsync(CancellationToken.None);
            return new TaskCompleted(call.Arguments is JsonObject given && given["Statements"] is JsonArray ? JsonObject.Create(("Results", JsonArray.From(results))) : results[0]);
        }
    }
}
