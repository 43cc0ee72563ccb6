using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Local.Journal;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Journal;

/// <summary>A write-ahead log that was lost or damaged is found out at the next start; one that was not, is not accused.</summary>
public sealed class CommitMarkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _crashed = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _crashed.Dispose();
    }

    [Fact]
    public async Task Open_AfterAnOrderlyStop_FindsNoLoss()
    {
        await WriteAsync(5, crash: false);
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        Assert.Null(file.Loss);
    }

    [Fact]
    public async Task Open_AfterACrash_FindsNoLossAndAllTurns()
    {
        await WriteAsync(5, crash: true);
        using JournalFile file = JournalFile.Open(new() { Folder = _crashed.Path });
        Assert.Null(file.Loss);
        Assert.Equal(5, JournalSchema.Scalar(file.Writer, "SELECT count(*) FROM turns"));
    }

    [Fact]
    public async Task Open_LogCheckpointedByAnotherProgram_FindsNoLoss()
    {
        await WriteAsync(5, crash: true);
        using (var other = new SqliteConnection($"Data Source={Path.Combine(_crashed.Path, "stepflow.db")};Pooling=False"))
        {
            other.Open();
            JournalSchema.Execute(other, "PRAGMA wal_checkpoint(TRUNCATE)");
        }

        using JournalFile file = JournalFile.Open(new() { Folder = _crashed.Path });
        Assert.Null(file.Loss);
    }

    [Fact]
    public async Task Open_LogDeleted_FindsTheLossAndKeepsItForLater()
    {
        await WriteAsync(5, crash: true);
        File.Delete(Path.Combine(_crashed.Path, "stepflow.db-wal"));
        using (JournalFile file = JournalFile.Open(new() { Folder = _crashed.Path }))
        {
            Assert.StartsWith("the write-ahead log was lost", file.Loss, StringComparison.Ordinal);
            Assert.Contains("5 turns are missing", file.Loss);
            Assert.Equal(1, JournalSchema.Scalar(file.Writer, "SELECT count(*) FROM losses"));
        }
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    public async Task Open_LogDamagedInTheMiddle_FindsTheLoss(double at)
    {
        await WriteAsync(5, crash: true);
        string log = Path.Combine(_crashed.Path, "stepflow.db-wal");
        byte[] bytes = await File.ReadAllBytesAsync(log, Cancellation);
        bytes[(int)(bytes.Length * at)] ^= 0x10;
        await File.WriteAllBytesAsync(log, bytes, Cancellation);

        using JournalFile file = JournalFile.Open(new() { Folder = _crashed.Path });
        Assert.StartsWith("the write-ahead log was damaged or cut off", file.Loss, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_LogCutOff_FindsTheLoss()
    {
        await WriteAsync(5, crash: true);
        using (FileStream log = File.OpenWrite(Path.Combine(_crashed.Path, "stepflow.db-wal")))
        {
            log.SetLength(log.Length - 5000);
        }

        using JournalFile file = JournalFile.Open(new() { Folder = _crashed.Path });
        Assert.NotNull(file.Loss);
    }

    [Fact]
    public async Task Open_LogDeletedAfterOthersWereStored_ReportsHowMuchIsMissingSinceWhen()
    {
        await WriteAsync(3, crash: false);
        await WriteAsync(5, crash: true);
        File.Delete(Path.Combine(_crashed.Path, "stepflow.db-wal"));
        using JournalFile file = JournalFile.Open(new() { Folder = _crashed.Path });

        Assert.Equal(
            "the write-ahead log was lost, or the data file was replaced by an older one: 5 turns are missing; the last commit was made at 1970-01-01T00:00:01.0000000+00:00",
            file.Loss);
    }

    /// <summary>A damaged mark is ignored.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(24)]
    [InlineData(35)]
    [InlineData(-1)]
    public async Task Open_NoteDamagedAndLogDeleted_IsIgnored(int at)
    {
        await WriteAsync(5, crash: true);
        File.Delete(Path.Combine(_crashed.Path, "stepflow.db-wal"));
        string note = Path.Combine(_crashed.Path, "stepflow.commit");
        byte[] bytes = await File.ReadAllBytesAsync(note, Cancellation);
        if (at < 0)
        {
            bytes = bytes[..^1];
        }
        else
        {
            bytes[at] ^= 1;
        }

        await File.WriteAllBytesAsync(note, bytes, Cancellation);
        using JournalFile file = JournalFile.Open(new() { Folder = _crashed.Path });

        Assert.Null(file.Loss);
    }

    /// <summary>Writes turns; a crash leaves what lies on the disk at that moment.</summary>
    private async Task WriteAsync(int turns, bool crash)
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        JournalSchema.Execute(file.Writer, "PRAGMA wal_checkpoint(TRUNCATE)");
        using (var writer = new JournalWriter(file.Writer, null, NullLogger.Instance, lastTurn => file.Mark.Committed(lastTurn, 1000)))
        {
            for (int turn = 0; turn < turns; turn++)
            {
                await writer.WriteAsync(
                    statements =>
                    {
                        statements.AppendTurn(1, turn + 1, new byte[3000]);
                        return true;
                    },
                    Cancellation);
            }

            if (crash)
            {
                // Another process copies: this one would run into its own lock.
                using Process copy = Process.Start("cp", [.. ((string[])["stepflow.db", "stepflow.db-wal", "stepflow.commit"]).Select(name => Path.Combine(_folder.Path, name)), _crashed.Path]);
                await copy.WaitForExitAsync(Cancellation);
                Assert.Equal(0, copy.ExitCode);
            }
        }
    }
}
