using System.IO.Hashing;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using StepFlow.Local.Records;

namespace StepFlow.Local.Journal;

/// <summary>Queries of the data file, on a separate connection. Used by one thread at a time: see <see cref="JournalReaders"/>.</summary>
internal sealed class JournalReader : IPayloadSource, IDisposable
{
    private const string Columns = """
        id, arn, machine, version, alias, map_run, parent, test_case, definition, start,
        status, wake, stop_time, output, error, cause, redrive_count, redrive_time, start_time, start_crc
        """;

    private const string SummaryColumns = """
        id, arn, machine, version, alias, map_run, status, start_time, stop_time, redrive_count, redrive_time, item_index
        """;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    public JournalReader(SqliteConnection connection)
    {
        _connection = connection;
        MapRuns = new(this);
    }

    /// <summary>Queries about Map Runs.</summary>
    public MapRunQueries MapRuns { get; }

    public StoredExecution? FindExecution(string arn) => Prepare($"SELECT {Columns} FROM executions WHERE arn=?").Bind(1, arn).First(ReadExecution);

    public long? FindId(string arn) => Prepare("SELECT id FROM executions WHERE arn=?").Bind(1, arn).First(row => (long?)row.Int64(0));

    public string? FindArn(long execution) => Prepare("SELECT arn FROM executions WHERE id=?").Bind(1, execution).First(row => row.Text(0));

    /// <summary>The executions that have not ended, with their due times (null: the execution has work to do now).</summary>
    public IEnumerable<(long Id, long? Wake)> Running() =>
        Prepare("SELECT id, wake FROM executions WHERE status=0").Rows(row => (row.Int64(0), row.NullableInt64(1)));

    /// <summary>Running executions whose parent was stopped.</summary>
    public IReadOnlyList<string> ChildrenToStop() => Prepare($"""
        SELECT c.arn FROM executions c JOIN executions p ON p.arn=c.parent
        WHERE c.parent IS NOT NULL AND c.status=0 AND p.status={(int)ExecutionStatus.Aborted}
        """).All(row => row.Text(0));

    public IReadOnlyList<string> RunningChildren(string parent) =>
        Prepare("SELECT arn FROM executions WHERE parent=? AND status=0").Bind(1, parent).All(row => row.Text(0));

    /// <summary>Executions, newest first. Reads columns only and no payloads.</summary>
    public IReadOnlyList<(long Id, ExecutionSummary Execution)> List(ExecutionFilter filter)
    {
        SqliteStatement query = Prepare($"SELECT {SummaryColumns} FROM executions WHERE {filter.Condition} ORDER BY id DESC LIMIT ?");
        filter.Bind(query);
        return query.All(row => (row.Int64(0), ReadSummary(row)));
    }

    /// <summary>The number of the newest event; 0 if there is none.</summary>
    public long LastEvent(long execution) => Prepare("SELECT max(last_event) FROM turns WHERE execution=?").Bind(1, execution).First(row => row.Int64(0));

    /// <summary>Turns in order, starting with the one that contains the event after <paramref name="afterEvent"/>.</summary>
    public IEnumerable<byte[]> Turns(long execution, long afterEvent) =>
        Prepare("SELECT data, crc, execution FROM turns WHERE execution=? AND last_event>? ORDER BY last_event, id")
            .Bind(1, execution).Bind(2, afterEvent).Rows(ReadTurn);

    /// <summary>Turns, newest first, starting with the one that contains the event before <paramref name="beforeEvent"/>.</summary>
    public IEnumerable<byte[]> TurnsBackwards(long execution, long beforeEvent) => Prepare("""
        SELECT data, crc, execution FROM turns WHERE execution=?1
          AND last_event <= coalesce((SELECT min(last_event) FROM turns WHERE execution=?1 AND last_event >= ?2 - 1), 9223372036854775807)
        ORDER BY last_event DESC, id DESC
        """).Bind(1, execution).Bind(2, beforeEvent).Rows(ReadTurn);

    /// <summary>The turns after the newest snapshot, in order.</summary>
    public IEnumerable<byte[]> TurnsAfter(long execution, long lastEvent, long turnId) =>
        Prepare("SELECT data, crc, execution FROM turns WHERE execution=? AND last_event>=? AND id>? ORDER BY last_event, id")
            .Bind(1, execution).Bind(2, lastEvent).Bind(3, turnId).Rows(ReadTurn);

    public (long TurnId, long LastEvent, byte[] Data)? FindSnapshot(long execution) =>
        Prepare("SELECT turn_id, last_event, data, crc FROM snapshots WHERE execution=?").Bind(1, execution)
            .First(row => ((long, long, byte[])?)(row.Int64(0), row.Int64(1), Checked(row, 2, 3, $"the snapshot of execution {execution}")));

    public string Definition(long id) =>
        Prepare("SELECT text FROM definitions WHERE id=?").Bind(1, id).First(row => row.Text(0))
        ?? throw new JournalException(JournalProblem.Corrupt, "The data file lacks a definition that an execution runs on.");

    public long? FindDefinition(ReadOnlySpan<byte> hash) =>
        Prepare("SELECT id FROM definitions WHERE hash=?").Bind(1, hash).First(row => (long?)row.Int64(0));

    public JsonValue Value(ReadOnlySpan<byte> hash) => Payload(hash, static row => JsonValue.Parse(row.Blob(0)));

    public string Text(ReadOnlySpan<byte> hash) => Payload(hash, static row => row.Text(0));

    public (byte[] Value, long Version)? FindDocument(string collection, string key) =>
        Prepare("SELECT value, version FROM documents WHERE collection=? AND key=?").Bind(1, collection).Bind(2, key)
            .First(row => ((byte[], long)?)(row.Blob(0).ToArray(), row.Int64(1)));

    public IReadOnlyList<(string Key, byte[] Value, long Version)> ListDocuments(
        string collection, string from, bool inclusive, string? until, int count) => Prepare($"""
        SELECT key, value, version FROM documents
        WHERE collection=?1 AND key{(inclusive ? ">=" : ">")}?2 AND (?3 IS NULL OR key<?3) ORDER BY key LIMIT ?4
        """).Bind(1, collection).Bind(2, from).Bind(3, until).Bind(4, count).All(row => (row.Text(0), row.Blob(1).ToArray(), row.Int64(2)));

    public byte[]? FindItem(string table, string partition, string sort) =>
        Prepare("SELECT item FROM items WHERE name=? AND partition=? AND sort=?").Bind(1, table).Bind(2, partition).Bind(3, sort)
            .First(row => row.Blob(0).ToArray());

    public IReadOnlyList<byte[]> ListItems(string table, string? partition) =>
        (partition is null
            ? Prepare("SELECT item FROM items WHERE name=?").Bind(1, table)
            : Prepare("SELECT item FROM items WHERE name=? AND partition=?").Bind(1, table).Bind(2, partition)).All(row => row.Blob(0).ToArray());

    /// <summary>The errors that SQLite finds in the file's structure.</summary>
    public IEnumerable<string> StructureProblems() =>
        Prepare("PRAGMA integrity_check").Rows(row => row.Text(0)).Where(static line => line != "ok");

    /// <summary>The losses of data that were found, with their times.</summary>
    public IReadOnlyList<(string Time, string Description)> Losses() =>
        Prepare("SELECT time, description FROM losses ORDER BY id").All(row => (row.Text(0), row.Text(1)));

    /// <summary>Executions in the order of their ids.</summary>
    public IReadOnlyList<(long Id, string Arn)> ExecutionsAfter(long id, int count) =>
        Prepare("SELECT id, arn FROM executions WHERE id>? ORDER BY id LIMIT ?").Bind(1, id).Bind(2, count).All(row => (row.Int64(0), row.Text(1)));

    /// <summary>The executions that have not ended.</summary>
    public IReadOnlyList<string> RunningArns() => Prepare("SELECT arn FROM executions WHERE status=0 ORDER BY id").All(row => row.Text(0));

    /// <summary>All documents and items, one after the other.</summary>
    public IEnumerable<(string Name, byte[] Value)> Texts() => Prepare("""
        SELECT 'document ' || collection || '/' || key, value FROM documents
        UNION ALL SELECT 'item ' || partition || ' ' || sort || ' of table ' || name, item FROM items
        """).Rows(row => (row.Text(0), row.Blob(1).ToArray()));

    /// <summary>The greatest id that an execution ever had.</summary>
    public long LastExecution() => Prepare("SELECT seq FROM sqlite_sequence WHERE name='executions'").First(row => row.Int64(0));

    public long LastDefinition() => Prepare("SELECT max(id) FROM definitions").First(row => row.Int64(0));

    public void Dispose()
    {
        foreach (SqliteStatement statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private static ExecutionSummary ReadSummary(SqliteStatement row)
    {
        string arn = row.Text(1);
        return new()
        {
            ExecutionArn = arn,
            Name = arn[(arn.LastIndexOf(':') + 1)..],
            StateMachineArn = row.Text(2),
            StateMachineVersionArn = row.NullableText(3),
            StateMachineAliasArn = row.NullableText(4),
            MapRunArn = row.NullableText(5),
            Status = (ExecutionStatus)row.Int64(6),
            StartTime = DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(7)),
            StopTime = Time(row.NullableInt64(8)),
            RedriveCount = (int)row.Int64(9),
            RedriveTime = Time(row.NullableInt64(10)),
            ItemIndex = row.NullableInt64(11),
        };
    }

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;

    private T Payload<T>(ReadOnlySpan<byte> hash, Func<SqliteStatement, T> read)
        where T : class
    {
        byte[] known = hash.ToArray();
        return Prepare("SELECT data FROM payloads WHERE hash=?").Bind(1, hash).First(row => IsContentOf(row.Blob(0), known) ? read(row) : throw Damaged("a payload"))
        ?? throw new JournalException(JournalProblem.Corrupt, "The data file lacks a payload that an execution refers to.");
    }

    private static bool IsContentOf(ReadOnlySpan<byte> content, ReadOnlySpan<byte> hash)
    {
        Span<byte> actual = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, actual);
        return actual.SequenceEqual(hash);
    }

    private static byte[] ReadTurn(SqliteStatement row) => Checked(row, 0, 1, $"a turn of execution {row.Int64(2)}");

    /// <summary>A record, after its checksum was verified.</summary>
    private static byte[] Checked(SqliteStatement row, int data, int crc, string what)
    {
        ReadOnlySpan<byte> record = row.Blob(data);
        return row.NullableInt64(crc) is { } written && written != Crc32.HashToUInt32(record) ? throw Damaged(what) : record.ToArray();
    }

    private static JournalException Damaged(string what) => new(
        JournalProblem.Corrupt, $"In the data file, {what} is damaged: its checksum has changed since it was written. 'stepflow doctor' lists all damage.");

    private static StoredExecution ReadExecution(SqliteStatement row) => new(
        new ExecutionRow
        {
            Id = row.Int64(0),
            Arn = row.Text(1),
            Machine = row.Text(2),
            Version = row.NullableText(3),
            Alias = row.NullableText(4),
            MapRun = row.NullableText(5),
            Parent = row.NullableText(6),
            TestCase = row.NullableText(7),
            Definition = row.Int64(8),
            StartTime = row.Int64(18),
            Start = Checked(row, 9, 19, $"the start of {row.Text(1)}"),
        },
        new ExecutionProgress
        {
            Status = (ExecutionStatus)row.Int64(10),
            Wake = row.NullableInt64(11),
            StopTime = row.NullableInt64(12),
            Output = row.NullableBlob(13),
            Error = row.NullableText(14),
            Cause = row.NullableText(15),
            RedriveCount = (int)row.Int64(16),
            RedriveTime = row.NullableInt64(17),
        });

    internal SqliteStatement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out SqliteStatement? statement))
        {
            statement = new SqliteStatement(_connection, sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }
}

/// <summary>An execution in the data file.</summary>
internal sealed record StoredExecution(ExecutionRow Row, ExecutionProgress Progress);
