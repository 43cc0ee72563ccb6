using Microsoft.Data.Sqlite;
using SQLitePCL;
using StepFlow.Local.Failures;

namespace StepFlow.Local.Journal;

/// <summary>The data folder: its lock, and connections to its data file.</summary>
internal sealed class JournalFile : IDisposable
{
    /// <summary>Up to this size the whole file is checked when it is opened; beyond, damage shows where it is read.</summary>
    private const long CheckedSize = 64L * 1024 * 1024;

    private readonly FileStream _lock;

    private JournalFile(FileStream @lock, string path, SqliteConnection writer)
    {
        _lock = @lock;
        Path = path;
        Writer = writer;
    }

    public string Path { get; }

    /// <summary>The one connection that writes.</summary>
    public SqliteConnection Writer { get; }

    /// <exception cref="JournalException">The folder is locked, or its file cannot be used.</exception>
    public static JournalFile Open(JournalOptions options)
    {
        string path = System.IO.Path.Combine(System.IO.Path.GetFullPath(options.Folder), "stepflow.db");
        FileStream folderLock = Lock(options.Folder);
        SqliteConnection? writer = null;
        try
        {
            PrivateFiles.CreateFile(path);
            writer = Connect(path, SqliteOpenMode.ReadWriteCreate);
            JournalSchema.Prepare(writer, path);
            Verify(writer, path);
            JournalSchema.Execute(writer, "PRAGMA journal_mode=WAL");
            JournalSchema.Execute(writer, $"PRAGMA synchronous={(options.Synchronous ? "FULL" : "NORMAL")}");
            JournalSchema.Execute(writer, "PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY");
            return new JournalFile(folderLock, path, writer);
        }
        catch (Exception e)
        {
            writer?.Dispose();
            folderLock.Dispose();
            throw e is SqliteException sqlite ? Explain(sqlite, path) : e;
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
        _lock.Dispose();
    }

    private static FileStream Lock(string folder)
    {
        try
        {
            PrivateFiles.CreateFolder(folder);
            return new FileStream(System.IO.Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new JournalException(JournalProblem.Inaccessible, $"The data folder {folder} cannot be written: {e.Message}", e);
        }
        catch (IOException e) when (Directory.Exists(folder))
        {
            throw new JournalException(
                JournalProblem.Locked,
                $"The data folder {folder} is in use by another stepflow server. Stop that server, or name another folder with --data.",
                e);
        }
        catch (IOException e)
        {
            throw new JournalException(JournalProblem.Inaccessible, $"The data folder {folder} cannot be made: {e.Message}", e);
        }
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        // Pooling would keep the file open after the host has closed it.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Verify(SqliteConnection connection, string path)
    {
        if (new FileInfo(path).Length > CheckedSize)
        {
            return;
        }

        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() is not "ok")
        {
            throw Damaged(path, null);
        }
    }

    private static JournalException Explain(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT => Damaged(path, e),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new(JournalProblem.Locked, $"{path} is in use by another program: {e.Message}", e),
        _ => new(JournalProblem.Inaccessible, $"{path} cannot be opened: {e.Message}", e),
    };

    private static JournalException Damaged(string path, Exception? inner) => new(
        JournalProblem.Corrupt,
        $"{path} is damaged or is no StepFlow data file. It was left as it is. Restore it from a backup, or name another folder with --data.",
        inner);
}
