namespace StepFlow.Local.Journal;

/// <summary>Changes of the items of tables, and the outcomes of the calls that make them.</summary>
internal sealed class ItemStatements(Func<string, SqliteStatement> prepare)
{
    private readonly SqliteStatement _find = prepare("SELECT item FROM items WHERE name=? AND partition=? AND sort=?");
    private readonly SqliteStatement _put = prepare("INSERT OR REPLACE INTO items(name, partition, sort, item) VALUES(?,?,?,?)");
    private readonly SqliteStatement _delete = prepare("DELETE FROM items WHERE name=? AND partition=? AND sort=?");
    private readonly SqliteStatement _findOutcome = prepare("SELECT outcome FROM item_calls WHERE call=?");
    private readonly SqliteStatement _insertOutcome = prepare("INSERT INTO item_calls(call, execution, time, outcome) VALUES(?,?,?,?)");

    private readonly SqliteStatement _old = prepare("""
        SELECT id, time, EXISTS(SELECT 1 FROM executions e WHERE e.arn=c.execution AND e.status=0)
        FROM item_calls c WHERE id>?1 ORDER BY id LIMIT ?2
        """);

    private readonly SqliteStatement _deleteOutcome = prepare("DELETE FROM item_calls WHERE id=?");

    public byte[]? Find(string table, string partition, string sort) => _find.Bind(1, table).Bind(2, partition).Bind(3, sort).First(static row => row.NullableBlob(0));

    public void Put(string table, string partition, string sort, ReadOnlySpan<byte> item) =>
        _put.Bind(1, table).Bind(2, partition).Bind(3, sort).Bind(4, item).Run();

    public void Delete(string table, string partition, string sort) => _delete.Bind(1, table).Bind(2, partition).Bind(3, sort).Run();

    /// <summary>The outcome of a call that was made before; null where it was not.</summary>
    public byte[]? FindOutcome(string call) => _findOutcome.Bind(1, call).First(static row => row.NullableBlob(0));

    public void InsertOutcome(string call, string execution, long time, ReadOnlySpan<byte> outcome) =>
        _insertOutcome.Bind(1, call).Bind(2, execution).Bind(3, time).Bind(4, outcome).Run();

    /// <summary>Removes outcomes of calls that cannot be repeated: those older than a time whose execution does not run.</summary>
    /// <param name="before">The instant, in unix milliseconds.</param>
    /// <param name="after">Where the part before ended; 0 for the first.</param>
    /// <param name="count">The maximum number to check.</param>
    /// <returns>The id of the last one in this part; null if there are no more.</returns>
    public long? DeleteOutcomes(long before, long after, int count)
    {
        List<(long Id, long Time, bool IsRunning)> part = _old.Bind(1, after).Bind(2, count).All(static row => (row.Int64(0), row.Int64(1), row.Int64(2) != 0));
        foreach ((long id, _, _) in part.Where(one => one.Time < before && !one.IsRunning))
        {
            _deleteOutcome.Bind(1, id).Run();
        }

        return part.Count < count || part.Any(one => one.Time >= before) ? null : part[^1].Id;
    }
}
