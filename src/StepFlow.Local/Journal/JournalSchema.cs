using Microsoft.Data.Sqlite;

namespace StepFlow.Local.Journal;

/// <summary>The tables of the data file, and their version.</summary>
internal static class JournalSchema
{
    /// <summary>"SFLW": marks the file as ours.</summary>
    public const int ApplicationId = 0x53464C57;

    /// <summary>Raised with every change of the tables or of the records in them.</summary>
    public const int Version = 6;

    // turns: the log. Rows are only added at its end. The index finds the turns of one execution, in order, and by
    // event id, so that a page of a history reads only its own turns.
    // executions.wake: when a waiting execution is due (unix ms; the greatest integer if no timer is set). NULL while it
    // has work to do. Then it is loaded at the start of the host.
    // crc: the CRC-32 of the record in the same row; NULL in rows of older versions.
    // properties.last_turn: the greatest number of a turn when turns were last removed. No number is used twice, because
    // the number in a snapshot defines which turns it includes.
    // losses: detected losses of committed data, with the time.
    // map_runs.children: the prefix of the ARNs of its children, if they are Express executions; otherwise NULL.
    // map_children: the outcomes of the children of Map Runs. The id is that of the run, times 2^32, plus the child's index, so the children of
    // a run are in consecutive rows, in their order. status is NULL if a child never started; redrives: how often its execution
    // had been redriven when it ended; history: only of Express children that did not succeed (gzip);
    // next: in some rows the position after the child's items, as JSON. A repeated run continues to read there.
    // item_calls: the outcomes of calls that changed an item, as long as the calls can be repeated.
    private const string Tables = """
        CREATE TABLE turns(
          id INTEGER PRIMARY KEY, execution INTEGER NOT NULL, last_event INTEGER NOT NULL, data BLOB NOT NULL,
          crc INTEGER);
        CREATE INDEX turns_execution ON turns(execution, last_event);

        CREATE TABLE executions(
          id INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE, machine TEXT NOT NULL,
          version TEXT, alias TEXT, map_run TEXT, parent TEXT, test_case TEXT,
          definition INTEGER NOT NULL, start BLOB NOT NULL, status INTEGER NOT NULL, wake INTEGER, stop_time INTEGER,
          output BLOB, error TEXT, cause TEXT, redrive_count INTEGER NOT NULL, redrive_time INTEGER,
          start_time INTEGER NOT NULL DEFAULT 0, item_index INTEGER, start_crc INTEGER);
        CREATE INDEX executions_machine ON executions(machine, id);
        CREATE INDEX executions_running ON executions(id, wake) WHERE status = 0;
        CREATE INDEX executions_map_run ON executions(map_run, id) WHERE map_run IS NOT NULL;
        CREATE INDEX executions_parent ON executions(parent) WHERE parent IS NOT NULL AND status = 0;
        CREATE INDEX executions_stopped ON executions(stop_time) WHERE stop_time IS NOT NULL;

        CREATE TABLE snapshots(
          execution INTEGER PRIMARY KEY, turn_id INTEGER NOT NULL, last_event INTEGER NOT NULL, data BLOB NOT NULL, crc INTEGER);
        CREATE TABLE definitions(id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, text BLOB NOT NULL);
        CREATE TABLE payloads(id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, data BLOB NOT NULL);
        CREATE TABLE payload_uses(payload INTEGER NOT NULL, execution INTEGER NOT NULL, PRIMARY KEY(execution, payload)) WITHOUT ROWID;
        CREATE INDEX payload_uses_payload ON payload_uses(payload);

        CREATE TABLE documents(
          collection TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, value BLOB NOT NULL,
          PRIMARY KEY(collection, key)) WITHOUT ROWID;
        CREATE TABLE activity_tasks(
          id INTEGER PRIMARY KEY, activity TEXT NOT NULL, token TEXT NOT NULL UNIQUE, execution TEXT NOT NULL,
          task TEXT NOT NULL, input BLOB NOT NULL, taken INTEGER NOT NULL);
        CREATE INDEX activity_tasks_waiting ON activity_tasks(activity, id) WHERE taken = 0;

        CREATE TABLE items(
          name TEXT NOT NULL, partition TEXT NOT NULL, sort TEXT NOT NULL, item BLOB NOT NULL,
          PRIMARY KEY(name, partition, sort)) WITHOUT ROWID;
        CREATE TABLE item_calls(
          id INTEGER PRIMARY KEY, call TEXT NOT NULL UNIQUE, execution TEXT NOT NULL, time INTEGER NOT NULL, outcome BLOB NOT NULL);

        CREATE TABLE map_runs(
          id INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE, execution TEXT NOT NULL, children TEXT,
          machine TEXT NOT NULL, role TEXT NOT NULL, definition BLOB NOT NULL, batched INTEGER NOT NULL);
        CREATE INDEX map_runs_execution ON map_runs(execution);
        CREATE INDEX map_runs_children ON map_runs(children) WHERE children IS NOT NULL;
        CREATE TABLE map_children(
          id INTEGER PRIMARY KEY, items INTEGER NOT NULL, status INTEGER, start_time INTEGER NOT NULL, stop_time INTEGER,
          redrives INTEGER NOT NULL, input BLOB NOT NULL, output BLOB, error TEXT, cause TEXT, history BLOB, next BLOB);
        CREATE INDEX map_children_failed ON map_children(id) WHERE status IS NULL OR status<>1;

        CREATE TABLE properties(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE losses(id INTEGER PRIMARY KEY, time TEXT NOT NULL, description TEXT NOT NULL);
        """;

    /// <summary>Makes the tables of a new file; checks the version of an existing one.</summary>
    /// <exception cref="JournalException">The file is newer, or not ours.</exception>
    public static void Prepare(SqliteConnection connection, string path)
    {
        bool empty = Scalar(connection, "SELECT count(*) FROM sqlite_master") == 0;
        if (empty && Scalar(connection, "PRAGMA user_version") == 0)
        {
            Execute(connection, $"BEGIN IMMEDIATE; PRAGMA application_id={ApplicationId}; PRAGMA user_version={Version}; {Tables} COMMIT;");
            return;
        }

        JournalUpgrade.Run(connection, CheckApplication(connection, path));
    }

    /// <summary>Checks that a file is ours, and not newer.</summary>
    /// <returns>Its version.</returns>
    public static long CheckApplication(SqliteConnection connection, string path)
    {
        if (Scalar(connection, "PRAGMA application_id") != ApplicationId)
        {
            throw new JournalException(JournalProblem.Corrupt, $"{path} is not a StepFlow data file. Nothing in it was changed. Use another folder with --data.");
        }

        long version = Scalar(connection, "PRAGMA user_version");
        return version <= Version
            ? version
            : throw new JournalException(
                JournalProblem.Newer,
                $"{path} was written by a newer StepFlow (data version {version}; this version supports up to {Version}). Nothing in it was changed. Install the newer version, or use another folder with --data.");
    }

    /// <summary>Checks that a file is ours and of this version.</summary>
    public static void CheckVersion(SqliteConnection connection, string path)
    {
        if (CheckApplication(connection, path) is < Version and var older)
        {
            throw new JournalException(
                JournalProblem.Inaccessible, $"{path} was written by an older StepFlow (data version {older}). Start the server of this version with it once, to upgrade it to version {Version}.");
        }
    }

    /// <summary>The greatest number ever given to a turn.</summary>
    public static long LastTurn(SqliteConnection connection) => Scalar(connection, """
        SELECT max(coalesce((SELECT max(id) FROM turns), 0), coalesce((SELECT max(turn_id) FROM snapshots), 0),
          coalesce((SELECT value FROM properties WHERE name='last_turn'), 0))
        """);

    /// <summary>Records a loss of data that was found.</summary>
    public static void NoteLoss(SqliteConnection connection, string loss)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "INSERT INTO losses(time, description) VALUES(strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), $loss)";
        command.Parameters.AddWithValue("$loss", loss);
        command.ExecuteNonQuery();
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar() ?? 0L, System.Globalization.CultureInfo.InvariantCulture);
    }
}
