using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace StepFlow.Local.Journal;

/// <summary>The data folder: its lock, and connections to its data file.</summary>
internal sealed class JournalFile : IDisposable
{
    /// <summary>Up to this size the whole file is checked when it is opened; beyond, in the background.</summary>
    private const long CheckedSize = 64L * 1024 * 1024;

    private readonly FolderLock _lock;

    private JournalFile(FolderLock @lock, SqliteConnection writer, CommitMark mark)
    {
        _lock = @lock;
        Writer = writer;
        Mark = mark;
    }

    public string Path => _lock.DataFile;

    /// <summary>The one connection that writes.</summary>
    public SqliteConnection Writer { get; }

    /// <summary>The note about the last commit.</summary>
    public CommitMark Mark { get; }

    /// <summary>A description of committed data that is missing. Null for none.</summary>
    public string? Loss { get; private init; }

    /// <exception cref="JournalException">The folder is locked, or its file cannot be used.</exception>
    public static JournalFile Open(JournalOptions options)
    {
        FolderLock folder = FolderLock.Take(options.Folder);
        SqliteConnection? writer = null;
        CommitMark? mark = null;
        try
        {
            writer = Connect(folder.DataFile, SqliteOpenMode.ReadWriteCreate);
            JournalSchema.Prepare(writer, folder.DataFile);
            Verify(writer, folder.DataFile);
            JournalSchema.Execute(writer, "PRAGMA journal_mode=WAL");
            JournalSchema.Execute(writer, $"PRAGMA synchronous={(options.Synchronous ? "FULL" : "NORMAL")}");
            JournalSchema.Execute(writer, "PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY");
            mark = CommitMark.Open(folder, JournalSchema.LastTurn(writer), out string? loss);
            if (loss is not null)
            {
                JournalSchema.NoteLoss(writer, loss);
            }

            return new JournalFile(folder, writer, mark) { Loss = loss };
        }
        catch (Exception e)
        {
            writer?.Dispose();
            mark?.Dispose();
            folder.Dispose();
            throw e is SqliteException sqlite ? Explain(sqlite, folder.DataFile) : e;
        }
    }

    /// <summary>A connection that only reads.</summary>
    public SqliteConnection OpenReader()
    {
        SqliteConnection reader = Connect(Path, SqliteOpenMode.ReadWrite);
        JournalSchema.Execute(reader, "PRAGMA query_only=1; PRAGMA cache_size=-8192");
        return reader;
    }

    public void Dispose()
    {
        Writer.Dispose();
        Mark.Dispose();
        _lock.Dispose();
    }

    /// <summary>A separate connection. Its owner closes it.</summary>
    public static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        // With pooling the file would stay open after the host has closed it.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Whether an error of SQLite is temporary: a full disk, an error of the disk, a lock of another process.</summary>
    public static bool IsOutage(Exception failure) => failure is SqliteException
    {
        SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_READONLY
            or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL,
    };

    /// <summary>Explains what SQLite's error means for the data folder.</summary>
    public static JournalException Explain(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        raw.SQLITE_NOTADB => new(
            JournalProblem.Corrupt, $"{path} is not a StepFlow data file, or its beginning is damaged. It was not changed. {Remedy(path)}", e),
        raw.SQLITE_CORRUPT => Damaged(path, e.Message, e),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new(JournalProblem.Locked, $"{path} is in use by another program: {e.Message}", e),
        _ => new(JournalProblem.Inaccessible, $"{path} cannot be opened: {e.Message}", e),
    };

    private static void Verify(SqliteConnection connection, string path)
    {
        if (new FileInfo(path).Length > CheckedSize)
        {
            return;
        }

        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() is not "ok" and var problem)
        {
            throw Damaged(path, problem?.ToString() ?? "it cannot be checked", null);
        }
    }

    /// <summary>
    /// A damaged structure is not repaired: turns that are missing would be made again, and tasks would run twice. A
    /// user must decide what to do, and may have a backup.
    /// </summary>
    private static JournalException Damaged(string path, string problem, Exception? inner) => new(
        JournalProblem.Corrupt,
        $"The structure of {path} is damaged ({problem.Trim().ReplaceLineEndings("; ")}). It was not changed. "
            + $"'stepflow doctor --data {System.IO.Path.GetDirectoryName(path)}' lists the affected executions. {Remedy(path)}",
        inner);

    private static string Remedy(string path)
    {
        string folder = System.IO.Path.GetDirectoryName(path)!;
        return $"To restore a backup: mv {path}* ELSEWHERE && stepflow restore BACKUP --data {folder} "
            + "To start with empty data, use another folder with --data.";
    }
}
