using Microsoft.Data.Sqlite;

namespace StepFlow.Local.Journal;

/// <summary>Brings a data file of an older version to the newest, in one transaction: a crash leaves the older one.</summary>
internal static class JournalUpgrade
{
    // A call that was under way kept only that it had been made: where it is repeated, its answer is empty.
    private const string ToVersion2 = """
        CREATE TABLE item_calls(
          id INTEGER PRIMARY KEY, call TEXT NOT NULL UNIQUE, execution TEXT NOT NULL, time INTEGER NOT NULL, outcome BLOB NOT NULL);
        INSERT OR IGNORE INTO item_calls(call, execution, time, outcome)
          SELECT i.written_by, e.arn, 0, CAST('{"answer":{}}' AS BLOB) FROM items i
          JOIN executions e ON e.arn || '/' = rtrim(i.written_by, replace(i.written_by, '/', '')) AND e.status=0;
        ALTER TABLE items DROP COLUMN version;
        ALTER TABLE items DROP COLUMN written_by;
        """;

    private static readonly string[] Steps = [ToVersion2];

    /// <param name="connection">The connection that writes.</param>
    /// <param name="version">The file's version, from 1.</param>
    public static void Run(SqliteConnection connection, long version)
    {
        if (version == JournalSchema.Version)
        {
            return;
        }

        JournalSchema.Execute(connection, "BEGIN IMMEDIATE");
        foreach (string step in Steps.AsSpan((int)version - 1))
        {
            JournalSchema.Execute(connection, step);
        }

        JournalSchema.Execute(connection, $"PRAGMA user_version={JournalSchema.Version}; COMMIT");
    }
}
