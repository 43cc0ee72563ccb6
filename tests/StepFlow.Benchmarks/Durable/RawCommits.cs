using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using StepFlow.Testing;

namespace StepFlow.Benchmarks.Durable;

/// <summary>
/// The limit of durable steps: rows of the size of a turn into a table with the same index, so many to a commit as
/// executions run, <c>synchronous=FULL</c>, and nothing else. No engine on SQLite commits faster.
/// </summary>
internal static class RawCommits
{
    /// <summary>Bytes of a turn of <see cref="CountingLoop"/>, about.</summary>
    private const int RowBytes = 160;

    /// <summary>Rows a second.</summary>
    /// <param name="perCommit">How many rows share a commit.</param>
    /// <param name="rows">How many rows.</param>
    public static double Measure(int perCommit, int rows)
    {
        using var folder = new TemporaryFolder();
        using var connection = new SqliteConnection($"Data Source={folder.PathOf("raw.db")};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        Execute(connection, "CREATE TABLE turns(id INTEGER PRIMARY KEY, execution INTEGER NOT NULL, last_event INTEGER NOT NULL, data BLOB NOT NULL, crc INTEGER); CREATE INDEX turns_execution ON turns(execution, last_event);");
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO turns(execution, last_event, data, crc) VALUES($e, $l, $d, $c)";
        SqliteParameter execution = insert.Parameters.Add("$e", SqliteType.Integer);
        SqliteParameter last = insert.Parameters.Add("$l", SqliteType.Integer);
        insert.Parameters.AddWithValue("$d", RandomNumberGenerator.GetBytes(RowBytes));
        insert.Parameters.AddWithValue("$c", 12345);
        insert.Prepare();
        var watch = Stopwatch.StartNew();
        for (int row = 0; row < rows;)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (int one = 0; one < perCommit && row < rows; one++, row++)
            {
                execution.Value = one;
                last.Value = row;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return rows / watch.Elapsed.TotalSeconds;
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
