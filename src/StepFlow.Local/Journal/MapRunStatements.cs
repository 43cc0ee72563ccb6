namespace StepFlow.Local.Journal;

/// <summary>Changes of Map Runs and of the records of their children.</summary>
internal sealed class MapRunStatements(Func<string, SqliteStatement> prepare)
{
    private readonly SqliteStatement _find = prepare("SELECT id FROM map_runs WHERE arn=?");

    private readonly SqliteStatement _insert = prepare("""
        INSERT INTO map_runs(arn, execution, children, machine, role, definition, batched) VALUES(?,?,?,?,?,?,?) RETURNING id
        """);

    private readonly SqliteStatement _put = prepare("""
        INSERT OR REPLACE INTO map_children(id, items, status, start_time, stop_time, redrives, input, output, error, cause, history, next)
        VALUES(?,?,?,?,?,?,?,?,?,?,?,?)
        """);

    /// <summary>The id of a run. Inserts the run if it is new.</summary>
    public long Enter(MapRunRow run, string executionArn) =>
        _find.Bind(1, run.Arn).First(static row => (long?)row.Int64(0))
        ?? _insert.Bind(1, run.Arn).Bind(2, executionArn).Bind(3, run.Children).Bind(4, run.Machine)
            .Bind(5, run.Role).Bind(6, run.Definition).Bind(7, run.IsBatched ? 1L : 0L).First(static row => row.Int64(0));

    /// <summary>Records a child. Replaces its previous record.</summary>
    /// <param name="run">The id of its run.</param>
    /// <param name="next">The position behind its items, as JSON; null where none is recorded.</param>
    public void Put(long run, MapChildRow child, byte[]? next) => _put
        .Bind(1, (run * MapChildRow.MaxChildren) + child.Index).Bind(2, child.Items).Bind(3, (long?)child.Status).Bind(4, child.StartTime)
        .Bind(5, child.StopTime).Bind(6, child.Redrives).Bind(7, child.Input).Bind(8, child.Output).Bind(9, child.Error).Bind(10, child.Cause)
        .Bind(11, child.History).Bind(12, next).Run();
}
