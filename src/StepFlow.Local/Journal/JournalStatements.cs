using System.IO.Hashing;
using Microsoft.Data.Sqlite;
using StepFlow.Local.Records;

namespace StepFlow.Local.Journal;

/// <summary>All statements that change the journal, each prepared once. Used by one thread at a time.</summary>
internal sealed class JournalStatements : IDisposable
{
    private readonly List<SqliteStatement> _all = [];
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _insertExecution;
    private readonly SqliteStatement _updateExecution;
    private readonly SqliteStatement _appendTurn;
    private readonly SqliteStatement _putSnapshot;
    private readonly SqliteStatement _insertDefinition;
    private readonly SqliteStatement _findPayload;
    private readonly SqliteStatement _insertPayload;
    private readonly SqliteStatement _usePayload;
    private long _committedTurn;
    private long _lastTurn;

    public JournalStatements(SqliteConnection connection)
    {
        _connection = connection;
        _committedTurn = _lastTurn = JournalSchema.LastTurn(connection);
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _insertExecution = Prepare("""
            INSERT INTO executions(id, arn, machine, version, alias, map_run, parent, test_case, definition, start,
              status, wake, stop_time, output, error, cause, redrive_count, redrive_time, start_time, item_index, start_crc)
            VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
            """);
        _updateExecution = Prepare("""
            UPDATE executions SET status=?1, wake=?2, stop_time=?3, output=?4, error=?5, cause=?6, redrive_count=?7, redrive_time=?8
            WHERE id=?9
            """);
        _appendTurn = Prepare("INSERT INTO turns(id, execution, last_event, data, crc) VALUES(?,?,?,?,?)");
        _putSnapshot = Prepare("""
            INSERT OR REPLACE INTO snapshots(execution, turn_id, last_event, data, crc) VALUES(?,?,?,?,?)
            """);
        _insertDefinition = Prepare("INSERT OR IGNORE INTO definitions(id, hash, text) VALUES(?,?,?)");
        _findPayload = Prepare("SELECT 1 FROM payloads WHERE hash=?");
        _insertPayload = Prepare("INSERT INTO payloads(hash, data) VALUES(?,?)");
        _usePayload = Prepare("INSERT OR IGNORE INTO payload_uses(payload, execution) SELECT id, ?2 FROM payloads WHERE hash=?1");
        Documents = new DocumentStatements(Prepare);
        Activities = new ActivityStatements(Prepare);
        Items = new ItemStatements(Prepare);
        MapRuns = new MapRunStatements(Prepare);
        Retention = new RetentionStatements(Prepare);
    }

    public DocumentStatements Documents { get; }

    public ActivityStatements Activities { get; }

    public ItemStatements Items { get; }

    public MapRunStatements MapRuns { get; }

    public RetentionStatements Retention { get; }

    /// <summary>The number of the newest turn that is committed.</summary>
    public long LastTurn => _committedTurn;

    public void Begin()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            // The end of the transaction before failed too.
            Rollback();
        }

        _begin.Run();
    }

    public void Commit()
    {
        _commit.Run();
        _committedTurn = _lastTurn;
    }

    public void Rollback()
    {
        _lastTurn = _committedTurn;
        foreach (SqliteStatement statement in _all)
        {
            statement.Reset();
        }

        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            JournalSchema.Execute(_connection, "ROLLBACK");
        }
    }

    public void InsertExecution(ExecutionRow row, ExecutionProgress progress)
    {
        _insertExecution.Bind(1, row.Id).Bind(2, row.Arn).Bind(3, row.Machine).Bind(4, row.Version).Bind(5, row.Alias)
            .Bind(6, row.MapRun).Bind(7, row.Parent).Bind(8, row.TestCase).Bind(9, row.Definition).Bind(10, row.Start);
        BindProgress(_insertExecution, 11, progress).Bind(19, row.StartTime).Bind(20, row.ItemIndex).Bind(21, Crc(row.Start)).Run();
    }

    public void UpdateExecution(long execution, ExecutionProgress progress) =>
        BindProgress(_updateExecution, 1, progress).Bind(9, execution).Run();

    public void AppendTurn(long execution, long lastEvent, ReadOnlySpan<byte> data) =>
        _appendTurn.Bind(1, ++_lastTurn).Bind(2, execution).Bind(3, lastEvent).Bind(4, data).Bind(5, Crc(data)).Run();

    /// <summary>Stores the newest snapshot. It replaces all turns that were written before it.</summary>
    public void PutSnapshot(long execution, long lastEvent, ReadOnlySpan<byte> data) =>
        _putSnapshot.Bind(1, execution).Bind(2, _lastTurn).Bind(3, lastEvent).Bind(4, data).Bind(5, Crc(data)).Run();

    public void InsertDefinition(long id, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> text) =>
        _insertDefinition.Bind(1, id).Bind(2, hash).Bind(3, text).Run();

    /// <summary>Stores a payload unless it is stored already. It stays as long as the execution.</summary>
    public void InsertPayload(long execution, StoredPayload payload)
    {
        ReadOnlySpan<byte> hash = payload.Hash;
        if (!_findPayload.Bind(1, hash).First(static _ => true))
        {
            _insertPayload.Bind(1, hash).Bind(2, payload.Data ?? payload.Read()).Run();
        }

        _usePayload.Bind(1, hash).Bind(2, execution).Run();
    }

    public void Dispose() => _all.ForEach(statement => statement.Dispose());

    private static SqliteStatement BindProgress(SqliteStatement statement, int first, ExecutionProgress progress) => statement
        .Bind(first, (long)progress.Status).Bind(first + 1, progress.Wake).Bind(first + 2, progress.StopTime)
        .Bind(first + 3, progress.Output).Bind(first + 4, progress.Error).Bind(first + 5, progress.Cause)
        .Bind(first + 6, progress.RedriveCount).Bind(first + 7, progress.RedriveTime);

    private static long Crc(ReadOnlySpan<byte> data) => Crc32.HashToUInt32(data);

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_connection, sql);
        _all.Add(statement);
        return statement;
    }
}
