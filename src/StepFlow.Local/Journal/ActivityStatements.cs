namespace StepFlow.Local.Journal;

/// <summary>Changes of the table of activity tasks. A task that was taken stays known, so that it is not queued again.</summary>
internal sealed class ActivityStatements(Func<string, SqliteStatement> prepare)
{
    private readonly SqliteStatement _enqueue = prepare("""
        INSERT OR IGNORE INTO activity_tasks(activity, token, execution, task, input, taken) VALUES(?,?,?,?,?,0)
        """);

    private readonly SqliteStatement _oldest = prepare("""
        SELECT id, token, execution, task, input FROM activity_tasks WHERE activity=? AND taken=0 ORDER BY id LIMIT 1
        """);

    private readonly SqliteStatement _take = prepare("UPDATE activity_tasks SET taken=1 WHERE id=?");
    private readonly SqliteStatement _remove = prepare("DELETE FROM activity_tasks WHERE activity=? AND token=? AND taken=0");

    public bool Enqueue(string activity, string token, string execution, string task, ReadOnlySpan<byte> input) =>
        _enqueue.Bind(1, activity).Bind(2, token).Bind(3, execution).Bind(4, task).Bind(5, input).RunForChanges() == 1;

    public (string Token, string Execution, string Task, byte[] Input)? Take(string activity)
    {
        if (!_oldest.Bind(1, activity).Step())
        {
            return null;
        }

        long id = _oldest.Int64(0);
        var task = (_oldest.Text(1), _oldest.Text(2), _oldest.Text(3), _oldest.Blob(4).ToArray());
        _oldest.Reset();
        _take.Bind(1, id).Run();
        return task;
    }

    public bool Remove(string activity, string token) => _remove.Bind(1, activity).Bind(2, token).RunForChanges() == 1;
}
