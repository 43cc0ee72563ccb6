using Microsoft.Data.Sqlite;
using StepFlow.Local.Records;

namespace StepFlow.Local.Journal;

/// <summary>Upgrades a data file of an older version to the newest, in one transaction. After a crash it still has the older version.</summary>
internal static class JournalUpgrade
{
    // Of an earlier call it is only known that it was made. If it is repeated, its result is empty.
    private const string ToVersion2 = """
        CREATE TABLE item_calls(
          id INTEGER PRIMARY KEY, call TEXT NOT NULL UNIQUE, execution TEXT NOT NULL, time INTEGER NOT NULL, outcome BLOB NOT NULL);
        INSERT OR IGNORE INTO item_calls(call, execution, time, outcome)
          SELECT i.written_by, e.arn, 0, CAST('{"answer":{}}' AS BLOB) FROM items i
          JOIN executions e ON e.arn || '/' = rtrim(i.written_by, replace(i.written_by, '/', '')) AND e.status=0;
        ALTER TABLE items DROP COLUMN version;
        ALTER TABLE items DROP COLUMN written_by;
        """;

    // Lists read columns only. The functions read them from the record of the start.
    private const string ToVersion3 = """
        ALTER TABLE executions ADD COLUMN start_time INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE executions ADD COLUMN item_index INTEGER;
        UPDATE executions SET start_time = stepflow_start_time(start);
        UPDATE executions SET item_index = stepflow_item_index(start) WHERE map_run IS NOT NULL;
        """;

    private const string ToVersion4 = """
        ALTER TABLE turns ADD COLUMN crc INTEGER;
        ALTER TABLE executions ADD COLUMN start_crc INTEGER;
        ALTER TABLE snapshots ADD COLUMN crc INTEGER;
        CREATE TABLE properties(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE losses(id INTEGER PRIMARY KEY, time TEXT NOT NULL, description TEXT NOT NULL);
        """;

    // The tables of version 5 are written out here, because those of JournalSchema are of the newest version and can change.
    private const string ToVersion5 = """
        CREATE TABLE map_runs(
          id INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE, execution TEXT NOT NULL, children TEXT,
          machine TEXT NOT NULL, role TEXT NOT NULL, definition BLOB NOT NULL, batched INTEGER NOT NULL);
        CREATE INDEX map_runs_execution ON map_runs(execution);
        CREATE INDEX map_runs_children ON map_runs(children) WHERE children IS NOT NULL;
        CREATE TABLE map_children(
          id INTEGER PRIMARY KEY, items INTEGER NOT NULL, status INTEGER, start_time INTEGER NOT NULL, stop_time INTEGER,
          redrives INTEGER NOT NULL, input BLOB NOT NULL, output BLOB, error TEXT, cause TEXT, history BLOB);
        CREATE INDEX map_children_failed ON map_children(id) WHERE status IS NULL OR status<>1;
        """;

    private const string ToVersion6 = "ALTER TABLE map_children ADD COLUMN next BLOB;";

    private static readonly string[] Steps = [ToVersion2, ToVersion3, ToVersion4, ToVersion5, ToVersion6];

    /// <param name="connection">The connection that writes.</param>
    /// <param name="version">The file's version, from 1.</param>
    public static void Run(SqliteConnection connection, long version)
    {
        if (version == JournalSchema.Version)
        {
            return;
        }

        connection.CreateFunction<byte[], long>("stepflow_start_time", static start => Read(start)?.StartTime.ToUnixTimeMilliseconds() ?? 0, isDeterministic: true);
        connection.CreateFunction<byte[], long?>("stepflow_item_index", static start => Read(start) is { } read ? ExecutionSummary.ItemIndexOf(read) : null, isDeterministic: true);
        JournalSchema.Execute(connection, "BEGIN IMMEDIATE");
        foreach (string step in Steps.AsSpan((int)version - 1))
        {
            JournalSchema.Execute(connection, step);
        }

        JournalSchema.Execute(connection, $"PRAGMA user_version={JournalSchema.Version}; COMMIT");
    }

    /// <summary>A damaged record gives null. The damage is reported when the execution is read.</summary>
    private static ExecutionStart? Read(byte[] start)
    {
        try
        {
            return StartRecord.ReadWithoutPayloads(start);
        }
        catch (JournalException)
        {
            return null;
        }
    }
}
