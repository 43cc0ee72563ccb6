using Microsoft.Data.Sqlite;
using StepFlow.Local.Journal;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Journal;

/// <summary>What makes commits durable and readers harmless: the settings of the connections to the data file.</summary>
public sealed class JournalPragmaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>FULL (2): a commit returns once the disk has it. NORMAL (1): a power cut may lose the last turns. OFF (0) may damage the file: never.</summary>
    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void Open_Writer_IsAsDurableAsConfigured(bool synchronous, long level)
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path, Synchronous = synchronous });

        Assert.Equal(level, JournalSchema.Scalar(file.Writer, "PRAGMA synchronous"));
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("wal_autocheckpoint", "4000")]
    [InlineData("cache_size", "-16384")]
    [InlineData("temp_store", "2")]
    [InlineData("query_only", "0")]
    [InlineData("application_id", "1397115991")]
    [InlineData("user_version", "6")]
    public void Open_Writer_HasItsSettings(string pragma, string value)
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });

        Assert.Equal(value, Pragma(file.Writer, pragma));
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("cache_size", "-8192")]
    [InlineData("query_only", "1")]
    public void Open_Reader_HasItsSettings(string pragma, string value)
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        using SqliteConnection reader = file.OpenReader();

        Assert.Equal(value, Pragma(reader, pragma));
    }

    [Fact]
    public void Open_Reader_CannotWrite()
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        using SqliteConnection reader = file.OpenReader();

        Assert.Throws<SqliteException>(() => JournalSchema.Execute(reader, "INSERT INTO documents VALUES('c', 'k', 1, x'00')"));
    }

    [Fact]
    public void Options_Default_IsDurableWithPayloadsFromEightKibibytesOnce() =>
        Assert.Equal((true, 8192), (new JournalOptions { Folder = "f" }.Synchronous, new JournalOptions { Folder = "f" }.PayloadThreshold));

    private static string Pragma(SqliteConnection connection, string pragma)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {pragma}";
        return $"{command.ExecuteScalar()}";
    }
}
