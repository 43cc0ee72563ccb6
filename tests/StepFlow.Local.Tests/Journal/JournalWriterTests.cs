using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Local.Failures;
using StepFlow.Local.Journal;
using StepFlow.Testing;

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
    public async Task Write_Reported_IsSeenByReaders()
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
    public async Task Write_Throwing_FailsAloneThoughOthersShareItsCommit()
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        var probe = new FailingProbe(0);
        using var writer = new JournalWriter(file.Writer, probe, NullLogger.Instance);
        Task<bool>[] writes;
        Task<bool> failing;
        lock (probe)
        {
            // The first commit holds the writer up, so that the others gather.
            writes = [.. Enumerable.Range(0, 100).Select(number =>
                writer.WriteAsync(statements => statements.Documents.Insert("c", $"{number}", 1, "{}"u8), Cancellation))];
            failing = writer.WriteAsync<bool>(_ => throw new InvalidOperationException("No."), Cancellation);
            writes = [.. writes, .. Enumerable.Range(100, 100).Select(number =>
                writer.WriteAsync(statements => statements.Documents.Insert("c", $"{number}", 1, "{}"u8), Cancellation))];
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.All(await Task.WhenAll(writes), Assert.True);
    }

    [Fact]
    public async Task Disk_FullForAWhile_RejectsNewRequestsAndCompletesTheOthersWhenItHasSpace()
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        var probe = new FailingProbe(int.MaxValue);
        using var writer = new JournalWriter(file.Writer, probe, NullLogger.Instance);
        Task<bool>? next = null;
        var delayed = new RecordedWrite
        {
            WhenCommitted = () => next = writer.WriteAsync(statements => statements.Documents.Insert("c", "next", 1, "{}"u8), Cancellation),
        };
        writer.Submit(delayed);
        await delayed.WasDelayed.Task.WaitAsync(Cancellation);

        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => writer.WriteAsync(_ => true, Cancellation));
        Assert.StartsWith("The data file cannot be written: SQLite Error 13", refused.Message, StringComparison.Ordinal);
        Assert.False(delayed.Done.Task.IsCompleted);
        probe.Failures = 0;
        Assert.True(await delayed.Done.Task.WaitAsync(Cancellation));
        Assert.True(await next!);
        Assert.Equal(2, JournalSchema.Scalar(file.Writer, "SELECT count(*) FROM documents"));
    }

    [Fact]
    public async Task Disk_FullForAMoment_IsNotNoticed()
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        using var writer = new JournalWriter(file.Writer, new FailingProbe(3), NullLogger.Instance);
        Assert.True(await writer.WriteAsync(statements => statements.Documents.Insert("c", "k", 1, "{}"u8), Cancellation));
    }

    [Fact]
    public async Task Disk_FullWhenTheWriterStops_EndsWithAnError()
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        var writer = new JournalWriter(file.Writer, new FailingProbe(int.MaxValue), NullLogger.Instance);
        var delayed = new RecordedWrite();
        writer.Submit(delayed);
        await delayed.WasDelayed.Task.WaitAsync(Cancellation);
        writer.Dispose();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => delayed.Done.Task);
    }

    [Fact]
    public void Submit_NothingQueued_MayCommitOnTheCallersThread()
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        using var writer = new JournalWriter(file.Writer, null, NullLogger.Instance);
        List<Thread> committed = [];

        for (int number = 0; number < 5; number++)
        {
            writer.Submit(new RecordedWrite { WhenCommitted = () => committed.Add(Thread.CurrentThread), Bytes = 10 * 1024 * 1024 }, mayCommitHere: true);
        }

        Assert.Equal(Enumerable.Repeat(Thread.CurrentThread, 5), committed);
        Assert.Equal(1, JournalSchema.Scalar(file.Writer, "SELECT count(*) FROM documents"));

        // They no longer count as queued.
        writer.WaitForQueue();
    }

    [Fact]
    public async Task Submit_WhileAnotherThreadWrites_IsQueuedBehindIt()
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        var probe = new FailingProbe(0);
        using var writer = new JournalWriter(file.Writer, probe, NullLogger.Instance);
        Thread? committed = null;
        Task<bool> before;
        var write = new RecordedWrite { WhenCommitted = () => committed = Thread.CurrentThread };
        lock (probe)
        {
            before = writer.WriteAsync(statements => statements.Documents.Insert("c", "before", 1, "{}"u8), Cancellation);
            writer.Submit(write, mayCommitHere: true);
            Assert.Null(committed);
        }

        Assert.True(await write.Done.Task.WaitAsync(Cancellation));
        Assert.True(before.IsCompletedSuccessfully);
        Assert.NotSame(Thread.CurrentThread, committed);
    }

    [Fact]
    public async Task Submit_AfterACommitOfSeveralWrites_WaitsForOthersToShareItsCommit()
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        var probe = new FailingProbe(0);
        using var writer = new JournalWriter(file.Writer, probe, NullLogger.Instance);
        Task<bool>[] shared;
        lock (probe)
        {
            // The first commit holds the writer up, so that the others gather.
            shared = [.. Enumerable.Range(0, 10).Select(number =>
                writer.WriteAsync(statements => statements.Documents.Insert("c", $"{number}", 1, "{}"u8), Cancellation))];
        }

        await Task.WhenAll(shared);
        Thread? committed = null;
        var write = new RecordedWrite { WhenCommitted = () => committed = Thread.CurrentThread };
        writer.Submit(write, mayCommitHere: true);
        Assert.True(await write.Done.Task.WaitAsync(Cancellation));
        Assert.Equal("stepflow journal", committed!.Name);
    }

    [Fact]
    public async Task Submit_CommitOnTheCallersThreadFails_IsRepeatedByTheWriterBeforeTheQueuedOnes()
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        using var writer = new JournalWriter(file.Writer, new FailingProbe(2), NullLogger.Instance);
        List<string?> committed = [];
        var write = new RecordedWrite { WhenCommitted = () => committed.Add(Thread.CurrentThread.Name) };
        writer.Submit(write, mayCommitHere: true);
        Task<long> before = writer.WriteAsync(_ => JournalSchema.Scalar(file.Writer, "SELECT count(*) FROM documents"), Cancellation);

        Assert.True(await write.Done.Task.WaitAsync(Cancellation));
        Assert.Equal(1, await before);
        Assert.Equal(["stepflow journal"], committed);
    }

    [Fact]
    public async Task Commit_ThatCannotBeNoted_IsDurableAndReported()
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        var log = new LineLogger();
        using var writer = new JournalWriter(file.Writer, null, log, static _ => throw new IOException("No space left on device"));
        for (int number = 0; number < 3; number++)
        {
            Assert.True(await writer.WriteAsync(statements => statements.Documents.Insert("c", $"{number}", 1, "{}"u8), Cancellation));
        }

        Assert.Equal(3, JournalSchema.Scalar(file.Writer, "SELECT count(*) FROM documents"));
        Assert.Equal("CommitNotNoted", Assert.Single(log.Lines).Id.Name);
    }

    [Fact]
    public async Task Turn_AfterTheNewestWasPurged_GetsANumberAfterEverySnapshot()
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        for (int start = 0; start < 2; start++)
        {
            using var writer = new JournalWriter(file.Writer, null, NullLogger.Instance);
            await writer.WriteAsync(
                statements =>
                {
                    long waiting = start + 1;
                    statements.InsertExecution(Row(10 + start), new() { StopTime = 1 });
                    statements.AppendTurn(10 + start, 1, new byte[10]);
                    statements.PutSnapshot(waiting, 1, new byte[10]);
                    return statements.Retention.Purge(100, 10);
                },
                Cancellation);
            await writer.WriteAsync(
                statements =>
                {
                    statements.AppendTurn(start + 1, 2, new byte[10]);
                    return true;
                },
                Cancellation);
        }

        Assert.Equal(2, JournalSchema.Scalar(file.Writer, "SELECT count(*) FROM turns t JOIN snapshots s ON s.execution=t.execution WHERE t.id > s.turn_id"));
    }

    [Fact]
    public async Task Purge_OfAnExecution_RemovesItsMapRunsAndNoOthers()
    {
        using JournalFile file = JournalFile.Open(new() { Folder = _folder.Path });
        using var writer = new JournalWriter(file.Writer, null, NullLogger.Instance);
        await writer.WriteAsync(
            statements =>
            {
                foreach (string arn in (string[])["arn:e:1", "arn:e:12"])
                {
                    statements.Documents.Insert("map-runs", $"{arn} run-of-{arn}", 1, "{}"u8);
                    statements.Documents.Insert("map-run-keys", $"run-of-{arn}", 1, "{}"u8);
                }

                statements.InsertExecution(Row(1), new() { StopTime = 1 });
                statements.InsertExecution(Row(12), new() { StopTime = 1000 });
                return statements.Retention.Purge(100, 10);
            },
            Cancellation);
        Assert.Equal(2, JournalSchema.Scalar(file.Writer, "SELECT count(*) FROM documents WHERE key LIKE '%run-of-arn:e:12'"));
        Assert.Equal(2, JournalSchema.Scalar(file.Writer, "SELECT count(*) FROM documents"));
    }

    private static ExecutionRow Row(long id) => new() { Id = id, Arn = $"arn:e:{id}", Machine = "m", Definition = 1, StartTime = 0, Start = [] };

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

    /// <summary>A disk without room for so many commits.</summary>
    private sealed class FailingProbe(int failures) : IJournalProbe
    {
        private int _failures = failures;

        public int Failures
        {
            set => Volatile.Write(ref _failures, value);
        }

        public void BeforeCommit(int writes)
        {
            lock (this)
            {
                if (Volatile.Read(ref _failures) > 0)
                {
                    Interlocked.Decrement(ref _failures);
                    throw new Microsoft.Data.Sqlite.SqliteException("SQLite Error 13: 'database or disk is full'.", 13);
                }
            }
        }

        public void AfterCommit(int writes)
        {
        }
    }

    /// <summary>A write that must not be lost.</summary>
    private sealed class RecordedWrite : JournalWrite
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource WasDelayed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Apply(JournalStatements statements) => statements.Documents.Insert("c", "delayed", 1, "{}"u8);

        public Action? WhenCommitted { get; init; }

        public long Bytes { get; init; }

        public override long Size => Bytes;

        public override void Committed()
        {
            WhenCommitted?.Invoke();
            Done.TrySetResult(true);
        }

        public override void Failed(Exception reason) => Done.TrySetException(reason);

        public override void Delayed(Exception reason) => WasDelayed.TrySetResult();
    }
}
