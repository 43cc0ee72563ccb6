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
        var transaction = new StatementTransaction(database, identities.NameOf(call));
        try
        {
            // The provider of SQLite returns only when the statement has ended.
            (List<JsonValue>? results, TaskRejected? refused) = await Task.Run(() => transaction.RunAsync(statements, stop.Token), cancellationToken);
            return results is null ? refused!
                : new TaskCompleted(call.Arguments is JsonObject given && given["Statements"] is JsonArray ? JsonObject.Create(("Results", JsonArray.From(results))) : results[0]);
        }
        catch (Exception failure) when (stop.IsCancellationRequested || database.FaultOf(failure, transaction.IsOpening) is not null)
        {
            // A provider may report a cancelled statement with its own exception.
            cancellationToken.ThrowIfCancellationRequested();
            SqlFault fault = slow.IsCancellationRequested ? SqlFault.Timeout : database.FaultOf(failure, transaction.IsOpening)!.Value;
            return fault switch
            {
                // Whether the changes were made is not known.
                SqlFault.Timeout when transaction.IsOpening || transaction.IsCommitting => throw SqlErrors.Outage(database, fault, failure.Message),
                SqlFault.Outage or SqlFault.Deadlock => throw SqlErrors.Outage(database, fault, failure.Message),
                SqlFault.Timeout => SqlErrors.TooSlow(database),
                _ => SqlErrors.Refused(fault, failure.Message),
            };
        }
    }
}
