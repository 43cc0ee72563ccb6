using Microsoft.Data.Sqlite;
using StepFlow.Local.Failures;
using StepFlow.Local.Journal;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Journal;

/// <summary>If a data folder cannot be used, the error contains the reason and the remedy, and nothing stays locked.</summary>
public sealed class JournalProblemTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => Path.Combine(_folder.Path, "stepflow.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Take_FolderInUse_ReportsByWhomAndWhatToDo()
    {
        using FolderLock first = FolderLock.Take(_folder.Path);

        Fails(
            () => FolderLock.Take(_folder.Path),
            JournalProblem.Locked,
            $"The data folder {_folder.Path} is in use by another stepflow server. Stop that server, or use another folder with --data.");
    }

    [Fact]
    public void Take_FolderThatIsAFile_ReportsTheProblem()
    {
        string file = _folder.File("file", "x");
        var refused = Assert.Throws<JournalException>(() => FolderLock.Take(file));

        Assert.Equal(JournalProblem.Inaccessible, refused.Problem);
        Assert.StartsWith($"The data folder {file} cannot be created: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_DataFileLockedByAnother_ReleasesTheLock()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There only the lock file is locked.");
        using (new FileStream(FilePath, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(JournalProblem.Locked, Assert.Throws<JournalException>(() => FolderLock.Take(_folder.Path)).Problem);
        }

        FolderLock.Take(_folder.Path).Dispose();
    }

    [Fact]
    public void Take_FilesThatEverybodyCouldRead_AreTheOwnersOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There folders pass their rights on.");
            return;
        }

        string[] files = ["stepflow.db", "stepflow.db-wal", "stepflow.db-shm", "lock", "stepflow.commit"];
        foreach (string name in files)
        {
            File.SetUnixFileMode(_folder.File(name, string.Empty), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        using FolderLock taken = FolderLock.Take(_folder.Path);

        foreach (string name in files)
        {
            Assert.Equal((name, UnixFileMode.UserRead | UnixFileMode.UserWrite), (name, File.GetUnixFileMode(Path.Combine(_folder.Path, name))));
        }
    }

    [Fact]
    public void Open_NewerFile_ReportsWhatToInstall()
    {
        Make("PRAGMA user_version=99");

        Fails(
            Open,
            JournalProblem.Newer,
            $"{FilePath} was written by a newer StepFlow (data version 99; this version supports up to {JournalSchema.Version}). Nothing in it was changed. Install the newer version, or use another folder with --data.");
    }

    [Theory]
    [InlineData("PRAGMA application_id=1")]
    [InlineData("PRAGMA application_id=0")]
    public void Open_FileOfSomebodyElse_IsReported(string change)
    {
        Make(change);

        Fails(Open, JournalProblem.Corrupt, $"{FilePath} is not a StepFlow data file. Nothing in it was changed. Use another folder with --data.");
    }

    [Fact]
    public void Open_FileWithAVersionAndNoTables_IsNotTakenForANewOne()
    {
        using (var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False"))
        {
            connection.Open();
            JournalSchema.Execute(connection, "PRAGMA user_version=7");
        }

        Assert.Equal(JournalProblem.Corrupt, Assert.Throws<JournalException>(Open).Problem);
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_ReportsWhatToDo()
    {
        _folder.File("stepflow.db", new string('x', 5000));

        Fails(
            Open,
            JournalProblem.Corrupt,
            $"{FilePath} is not a StepFlow data file, or its beginning is damaged. It was not changed. "
            + $"To restore a backup: mv {FilePath}* ELSEWHERE && stepflow restore BACKUP --data {_folder.Path} "
            + "To start with empty data, use another folder with --data.");
    }

    [Fact]
    public void CheckVersion_OlderFile_ReportsHowToUpgradeIt()
    {
        Make("PRAGMA user_version=3");
        using SqliteConnection connection = JournalFile.Connect(FilePath, SqliteOpenMode.ReadOnly);

        Fails(
            () => JournalSchema.CheckVersion(connection, FilePath),
            JournalProblem.Inaccessible,
            $"{FilePath} was written by an older StepFlow (data version 3). Start the server of this version with it once, to upgrade it to version {JournalSchema.Version}.");
    }

    [Theory]
    [InlineData(26, JournalProblem.Corrupt, "stepflow restore")]
    [InlineData(11, JournalProblem.Corrupt, "stepflow restore")]
    [InlineData(5, JournalProblem.Locked, "f is in use by another program: ")]
    [InlineData(6, JournalProblem.Locked, "f is in use by another program: ")]
    [InlineData(14, JournalProblem.Inaccessible, "f cannot be opened: ")]
    public void Explain_AnErrorOfSqlite_ReportsWhatItMeans(int code, object problem, string text)
    {
        JournalException explained = JournalFile.Explain(new SqliteException("why", code), "f");

        Assert.Equal(problem, explained.Problem);
        Assert.Contains(text, explained.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Statement_ThatSqliteRefuses_Throws()
    {
        Make("SELECT 1");
        using SqliteConnection connection = JournalFile.Connect(FilePath, SqliteOpenMode.ReadWrite);
        Assert.Throws<SqliteException>(() => new SqliteStatement(connection, "no sql"));
        using var insert = new SqliteStatement(connection, "INSERT INTO documents VALUES(?,?,?,?)");
        insert.Bind(1, "c").Bind(2, "k").Bind(3, 1L).Bind(4, "{}"u8).Run();
        Assert.Equal(19, Assert.Throws<SqliteException>(insert.Run).SqliteErrorCode);
        Assert.Equal(1, insert.Bind(2, "other").RunForChanges());
        Assert.Throws<SqliteException>(() => insert.Bind(9, 1L));
        Assert.Throws<SqliteException>(() => insert.Bind(9, "text"));
        Assert.Throws<SqliteException>(() => insert.Bind(9, "blob"u8));
        Assert.Throws<SqliteException>(() => insert.BindNull(9));
    }

    [Fact]
    public void Statement_OfEveryKindOfValue_GivesItBack()
    {
        Make("SELECT 1");
        using SqliteConnection connection = JournalFile.Connect(FilePath, SqliteOpenMode.ReadWrite);
        using var query = new SqliteStatement(connection, "SELECT ?, ?, ?, ?, ?, ?");
        query.Bind(1, 7L).Bind(2, "é").Bind(3, [1, 2]).Bind(4, (long?)null).Bind(5, (string?)null).Bind(6, (byte[]?)null);

        Assert.True(query.Step());
        Assert.Equal((7L, "é"), (query.NullableInt64(0), query.NullableText(1)));
        Assert.Equal([1, 2], query.NullableBlob(2));
        Assert.Equal((null, null, null), (query.NullableInt64(3), query.NullableText(4), query.NullableBlob(5)));
        Assert.False(query.Step());
        Assert.True(query.Step());
        query.Reset();
        Assert.True(query.Bind(1, 8L).Step());
        Assert.Equal(8, query.Int64(0));
    }

    private void Open() => JournalFile.Open(new() { Folder = _folder.Path }).Dispose();

    /// <summary>A data file of this version, changed.</summary>
    private void Make(string change)
    {
        Open();
        using var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        JournalSchema.Execute(connection, change);
    }

    private static void Fails(Action act, JournalProblem problem, string message)
    {
        var refused = Assert.Throws<JournalException>(act);
        Assert.Equal((problem, message), (refused.Problem, refused.Message));
    }
}
