using Microsoft.Data.Sqlite;

namespace StepFlow.Local.Journal;

/// <summary>
/// Changes of the table of activity tasks. The column <c>taken</c>: 0 while a task waits for a worker, 3 once one has
/// taken it, 1 once its execution has recorded that it started. A started task stays known, so that it is not queued again.
/// </summary>
internal sealed class ActivityStatements(Func<string, SqliteStatement> prepare)
{
    private readonly SqliteStatement _enqueue = prepare("""
        INSERT OR IGNORE INTO activity_tasks(activity, token, execution, task, input, taken) VALUES(?,?,?,?,?,0)
        """);

    private readonly SqliteStatement _oldest = prepare("""
        SELECT id, token, execution, task, input FROM activity_tasks WHERE activity=? AND taken=0 ORDER BY id LIMIT 1
        """);

    private readonly SqliteStatement _take = prepare("UPDATE activity_tasks SET taken=3 WHERE id=?");
    private readonly SqliteStatement _start = prepare("UPDATE activity_tasks SET taken=1 WHERE token=?");
    private readonly SqliteStatement _return = prepare("UPDATE activity_tasks SET taken=0 WHERE token=? AND taken=3");
    private readonly SqliteStatement _remove = prepare("DELETE FROM activity_tasks WHERE activity=? AND token=? AND taken=0");

    /// <summary>Called when the data file is opened. Tasks that were taken and not started never reached their workers, because the server ended. They are returned to the queue.</summary>
    public static void ReturnAll(SqliteConnection connection) => JournalSchema.Execute(connection, "UPDATE activity_tasks SET taken=0 WHERE taken=3");

    public bool Enqueue(string activity, string token, string execution, string task, ReadOnlySpan<byte> input) =>
        _enqueue.Bind(1, activity).Bind(2, token).Bind(3, execution).Bind(4, task).Bind(5, input).RunForChanges() == 1;

    public (string Token, string Execution, string Task, byte[] Input)? Take(string activity)
    {
        (long Id, (string, string, string, byte[]) Task)? oldest = _oldest.Bind(1, activity).First(
            static row => ((long, (string, string, string, byte[]))?)(row.Int64(0), (row.Text(1), row.Text(2), row.Text(3), row.Blob(4).ToArray())));
        if (oldest is not var (id, task))
        {
            return null;
        }

        _take.Bind(1, id).Run();
        return task;
    }

    /// <summary>The task's execution has recorded its start: part of the same transaction.</summary>
    public void Start(string token) => _start.Bind(1, token).Run();

    /// <summary>A task whose start was not recorded is given out again.</summary>
    public bool Return(string token) => _return.Bind(1, token).RunForChanges() == 1;

    public bool Remove(string activity, string token) => _remove.Bind(1, activity).Bind(2, token).RunForChanges() == 1;
}
