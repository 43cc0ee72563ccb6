using StepFlow.Runtime.Documents;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Local.Journal;

/// <summary>Removes executions that ended before a time, and everything that only they used.</summary>
internal sealed class RetentionStatements(Func<string, SqliteStatement> prepare)
{
    private readonly SqliteStatement _ended = prepare("SELECT id, arn FROM executions WHERE stop_time < ?1 ORDER BY stop_time LIMIT ?2");
    private readonly SqliteStatement _used = prepare("SELECT payload FROM payload_uses WHERE execution=?");
    private readonly SqliteStatement _execution = prepare("DELETE FROM executions WHERE id=?");

    private readonly SqliteStatement[] _ofId =
    [
        prepare("DELETE FROM turns WHERE execution=?"),
        prepare("DELETE FROM snapshots WHERE execution=?"),
        prepare("DELETE FROM payload_uses WHERE execution=?"),
    ];

    private readonly SqliteStatement[] _ofArn =
    [
        prepare("DELETE FROM activity_tasks WHERE execution=?"),
        prepare($"DELETE FROM documents WHERE collection='{ExecutionActors.Collection}' AND key=?1"),
        prepare($"""
            DELETE FROM map_children WHERE id IN (
              SELECT c.id FROM map_runs r JOIN map_children c ON c.id BETWEEN r.id * {MapChildRow.MaxChildren} AND (r.id + 1) * {MapChildRow.MaxChildren} - 1
              WHERE r.execution=?)
            """),
        prepare("DELETE FROM map_runs WHERE execution=?"),
    ];

    private readonly SqliteStatement[] _ofMapRuns =
    [
        prepare($"""
            DELETE FROM documents WHERE collection='{MapRunStore.KeyCollection}' AND key IN (
              SELECT substr(key, length(?1) + 1) FROM documents
              WHERE collection='{MapRunStore.Collection}' AND key>=?1 AND key<?1||char(0x10FFFF))
            """),
        prepare($"DELETE FROM documents WHERE collection='{MapRunStore.Collection}' AND key>=?1 AND key<?1||char(0x10FFFF)"),
    ];

    private readonly SqliteStatement _payload = prepare("""
        DELETE FROM payloads WHERE id=?1 AND NOT EXISTS (SELECT 1 FROM payload_uses WHERE payload=?1)
        """);

    // The number of the newest turn must not be used again when that turn is removed.
    private readonly SqliteStatement _lastTurn = prepare("""
        INSERT OR REPLACE INTO properties(name, value) SELECT 'last_turn', max(
          coalesce((SELECT max(id) FROM turns), 0), coalesce((SELECT value FROM properties WHERE name='last_turn'), 0))
        """);

    /// <summary>Removes up to <paramref name="count"/> executions that ended before a time. Returns how many.</summary>
    public int Purge(long before, int count)
    {
        List<(long Id, string Arn)> ended = _ended.Bind(1, before).Bind(2, count).All(static row => (row.Int64(0), row.Text(1)));
        if (ended.Count > 0)
        {
            _lastTurn.Run();
        }

        foreach ((long id, string arn) in ended)
        {
            Purge(id, arn);
        }

        return ended.Count;
    }

    private void Purge(long id, string arn)
    {
        List<long> payloads = _used.Bind(1, id).All(static row => row.Int64(0));
        Array.ForEach(_ofId, statement => statement.Bind(1, id).Run());
        Array.ForEach(_ofArn, statement => statement.Bind(1, arn).Run());
        Array.ForEach(_ofMapRuns, statement => statement.Bind(1, MapRunStore.Prefix(arn)).Run());
        payloads.ForEach(payload => _payload.Bind(1, payload).Run());
        _execution.Bind(1, id).Run();
    }
}
