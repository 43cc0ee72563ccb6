using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Local.Journal;

namespace StepFlow.Local.Tests.Journal;

public sealed class JournalWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_WaitingTogether_ShareACommit()
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        var probe = new CountingProbe();
        using var writer = new JournalWriter(file.Writer, probe, NullLogger.Instance);
        Task<bool>[] writes = [.. Enumerable.Range(0, 1000).Select(number =>
            writer.WriteAsync(statements => statements.Documents.Insert("c", $"{number}", 1, "{}"u8), Cancellation))];
        Assert.All(await Task.WhenAll(writes), Assert.True);
        Assert.True(probe.Commits < 1000, $"{probe.Commits} commits for 1000 writes.");
        Assert.Equal(1000, probe.Writes);
    }

    [Fact]
    public async Task Write_Told_IsSeenByReaders()
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        using var writer = new JournalWriter(file.Writer, null, NullLogger.Instance);
        using var readers = new JournalReaders(file);
        for (int number = 0; number < 50; number++)
        {
            await writer.WriteAsync(statements => statements.Documents.Insert("c", $"{number}", 1, "{}"u8), Cancellation);
            Assert.NotNull(readers.Read(reader => reader.FindDocument("c", $"{number}")));
        }
    }

    [Fact]
    public async Task Write_Throwing_FailsItsBatchAndNothingAfter()
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        using var writer = new JournalWriter(file.Writer, null, NullLogger.Instance);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            writer.WriteAsync<bool>(_ => throw new InvalidOperationException("No."), Cancellation));
        Assert.True(await writer.WriteAsync(statements => statements.Documents.Insert("c", "k", 1, "{}"u8), Cancellation));
    }

    [Fact]
    public async Task Dispose_WritesWaiting_AreMadeFirst()
    {
        using (JournalFile file = JournalFile.Open(new() { Folder = _folder.Path }))
        {
            var writer = new JournalWriter(file.Writer, null, NullLogger.Instance);
            Task<bool>[] writes = [.. Enumerable.Range(0, 200).Select(number =>
                writer.WriteAsync(statements => statements.Documents.Insert("c", $"{number}", 1, "{}"u8), Cancellation))];
            writer.Dispose();
            Assert.All(await Task.WhenAll(writes), Assert.True);
            await Assert.ThrowsAsync<ObjectDisposedException>(() => writer.WriteAsync(_ => true, Cancellation));
        }

        using JournalFile again = JournalFile.Open(new() { Folder = _folder.Path });
        Assert.Equal(200, JournalSchema.Scalar(again.Writer, "SELECT count(*) FROM documents"));
    }

    private sealed class CountingProbe : IJournalProbe
    {
        public int Commits { get; private set; }

        public int Writes { get; private set; }

        public void BeforeCommit(int writes)
        {
            Commits++;
            Writes += writes;
        }

        public void AfterCommit(int writes)
        {
        }
    }
}
