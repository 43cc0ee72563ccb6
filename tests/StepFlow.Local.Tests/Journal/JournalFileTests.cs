using Microsoft.Data.Sqlite;
using StepFlow.Local.Failures;
using StepFlow.Local.Journal;

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
    public void Open_AfterClose_IsFree()
    {
        JournalFile.Open(new() { Folder = _folder.Path }).Dispose();
        JournalFile.Open(new() { Folder = _folder.Path }).Dispose();
    }

    [Fact]
    public void Open_NewerVersion_IsRefusedAndLeftAlone()
    {
        JournalFile.Open(new() { Folder = _folder.Path }).Dispose();
        Execute("PRAGMA user_version=999");
        JournalException refused = Fails();
        Assert.Equal(JournalProblem.Newer, refused.Problem);
        Assert.Contains("data version 999", refused.Message);
        Assert.Equal(999, Scalar(FilePath, "PRAGMA user_version"));
    }

    [Fact]
    public void Open_DatabaseOfSomebodyElse_IsRefusedAndLeftAlone()
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
