using Microsoft.Data.Sqlite;
using StepFlow.Local.Failures;
using StepFlow.Local.Journal;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Journal;

public sealed class JournalFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string FilePath => Path.Combine(_folder.Path, "stepflow.db");

    [Fact]
    public void Open_NewFolder_MakesAFileOfThisVersion()
    {
        string folder = Path.Combine(_folder.Path, "a", "b");
        using (JournalFile.Open(new() { Folder = folder }))
        {
        }

        Assert.Equal(JournalSchema.Version, Scalar(Path.Combine(folder, "stepflow.db"), "PRAGMA user_version"));
    }

    [Fact]
    public void Open_Twice_SecondIsLocked()
    {
        using JournalFile first = JournalFile.Open(new() { Folder = _folder.Path });
        Assert.Equal(JournalProblem.Locked, Fails().Problem);
    }

    [Fact]
    public void Open_LockFileDeleted_SecondIsLocked()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There a file in use cannot be deleted.");
        using JournalFile first = JournalFile.Open(new() { Folder = _folder.Path });
        File.Delete(Path.Combine(_folder.Path, "lock"));
        Assert.Equal(JournalProblem.Locked, Fails().Problem);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_Always_LetsNobodyElseRead(bool existing)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There folders pass their rights on.");
            return;
        }

        string folder = Path.Combine(_folder.Path, "data");
        if (existing)
        {
            JournalFile.Open(new() { Folder = folder }).Dispose();
            foreach (string found in Directory.GetFiles(folder))
            {
                File.SetUnixFileMode(found, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead | UnixFileMode.GroupRead);
            }
        }

        using JournalFile file = JournalFile.Open(new() { Folder = folder });
        JournalSchema.Execute(file.Writer, "INSERT INTO documents VALUES('c', 'k', 1, x'00')");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        string[] files = Directory.GetFiles(folder);
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(["lock", "stepflow.commit", "stepflow.db", "stepflow.db-shm", "stepflow.db-wal"], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (string found in files)
        {
            Assert.Equal((found, OwnerOnly), (found, File.GetUnixFileMode(found)));
        }
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void Open_Synchronous_DecidesWhetherACommitWaitsForTheDisk(bool synchronous, long level)
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path, Synchronous = synchronous });
        Assert.Equal(level, JournalSchema.Scalar(file.Writer, "PRAGMA synchronous"));
        Assert.True(new JournalOptions { Folder = "f" }.Synchronous);
    }

    [Fact]
    public void Open_AfterClose_IsFree()
    {
        JournalFile.Open(new() { Folder = _folder.Path }).Dispose();
        JournalFile.Open(new() { Folder = _folder.Path }).Dispose();
    }

    [Fact]
    public void Open_NewerVersion_IsRefusedAndNotChanged()
    {
        JournalFile.Open(new() { Folder = _folder.Path }).Dispose();
        Execute("PRAGMA user_version=999");
        JournalException refused = Fails();
        Assert.Equal(JournalProblem.Newer, refused.Problem);
        Assert.Contains("data version 999", refused.Message);
        Assert.Equal(999, Scalar(FilePath, "PRAGMA user_version"));
    }

    [Fact]
    public void Open_DatabaseOfAnotherProgram_IsRefusedAndNotChanged()
    {
        Execute("CREATE TABLE theirs(x)");
        Assert.Equal(JournalProblem.Corrupt, Fails().Problem);
        Assert.Equal(1, Scalar(FilePath, "SELECT count(*) FROM sqlite_master"));
    }

    [Fact]
    public void Open_DamagedInTheMiddle_IsRefused()
    {
        JournalFile.Open(new() { Folder = _folder.Path }).Dispose();
        byte[] bytes = File.ReadAllBytes(FilePath);
        bytes.AsSpan(4096).Fill(0x5A);
        File.WriteAllBytes(FilePath, bytes);
        Assert.Equal(JournalProblem.Corrupt, Fails().Problem);
        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void Open_CutOff_IsRefused()
    {
        JournalFile.Open(new() { Folder = _folder.Path }).Dispose();
        using (FileStream file = File.OpenWrite(FilePath))
        {
            file.SetLength(5000);
        }

        Assert.Equal(JournalProblem.Corrupt, Fails().Problem);
    }

    [Fact]
    public void Open_FolderIsAFile_IsRefused()
    {
        string file = _folder.File("file", "x");
        Assert.Equal(JournalProblem.Inaccessible, Assert.Throws<JournalException>(() => JournalFile.Open(new() { Folder = file })).Problem);
    }

    private JournalException Fails() => Assert.Throws<JournalException>(() => JournalFile.Open(new() { Folder = _folder.Path }));

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        JournalSchema.Execute(connection, sql);
    }

    private static long Scalar(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return JournalSchema.Scalar(connection, sql);
    }
}
