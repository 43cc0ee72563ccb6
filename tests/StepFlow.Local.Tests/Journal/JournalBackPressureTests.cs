using Microsoft.Extensions.Logging;
using StepFlow.Local.Failures;
using StepFlow.Local.Journal;
using StepFlow.Local.Tests.Engine;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Journal;

/// <summary>What the writer does when more comes than the disk takes, when the disk takes nothing, and when it is cut off.</summary>
public sealed class JournalBackPressureTests : IDisposable
{
    /// <summary>So many bytes may wait.</summary>
    private const long Concurrency = 32 * 1024 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly JournalFile _file;
    private readonly LineLogger _logger = new();

    public JournalBackPressureTests() => _file = JournalFile.Open(new() { Folder = _folder.Path });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task WaitForRoom_QueueWithinItsLimit_ReturnsAtOnce()
    {
        using var held = new HeldCommits();
        using var writer = new JournalWriter(_file.Writer, held, _logger);
        writer.Submit(new SizedWrite(Concurrency / 2));
        await held.Reached.Task.WaitAsync(Cancellation);
        writer.Submit(new SizedWrite(Concurrency / 2));

        Assert.True(Waiter(writer).Join(Limit));
        held.Release();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WaitForRoom_QueueOverItsLimit_ReturnsOnceItIsWrittenOrTheWriterStops(bool written)
    {
        using var held = new HeldCommits();
        var writer = new JournalWriter(_file.Writer, held, _logger);
        var first = new SizedWrite(Concurrency / 2);
        writer.Submit(first);
        await held.Reached.Task.WaitAsync(Cancellation);
        writer.Submit(new SizedWrite((Concurrency / 2) + 1));
        Thread waiter = Waiter(writer);
        Assert.True(SpinWait.SpinUntil(() => waiter.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Limit), "It does not wait.");

        // The writer itself ends only when its commit has.
        var stop = new Thread(writer.Dispose);
        if (written)
        {
            held.Release();
        }
        else
        {
            stop.Start();
        }

        Assert.True(waiter.Join(Limit), "It still waits.");
        if (written)
        {
            stop.Start();
        }

        held.Release();
        Assert.True(stop.Join(Limit));
        await first.Done.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task WaitForRoom_WhileTheDiskTakesNothing_ReturnsAtOnce()
    {
        var disk = new FullDisk();
        using var writer = new JournalWriter(_file.Writer, disk, _logger);
        var delayed = new SizedWrite(2 * Concurrency);
        writer.Submit(delayed);
        await delayed.WasDelayed.Task.WaitAsync(Cancellation);

        Assert.True(Waiter(writer).Join(Limit));
        disk.IsFull = false;
        await delayed.Done.Task.WaitAsync(Cancellation);
        Assert.True(Waiter(writer).Join(Limit));
    }

    /// <summary>What is refused is not made later, and what may not be refused is, in its order.</summary>
    [Fact]
    public async Task Outage_OfTheDisk_RefusesOnlyWhatCanBeRepeated()
    {
        var disk = new FullDisk();
        using var writer = new JournalWriter(_file.Writer, disk, _logger);
        SizedWrite first;
        SizedWrite second;
        Task<bool> refused;
        lock (disk)
        {
            // Held up, so that they share a commit or wait behind it.
            first = new SizedWrite(1);
            writer.Submit(first);
            refused = writer.WriteAsync(statements => statements.Documents.Insert("c", "refused", 1, "{}"u8), Cancellation);
            second = new SizedWrite(1);
            writer.Submit(second);
        }

        await Assert.ThrowsAsync<JournalUnavailableException>(() => refused);
        await first.WasDelayed.Task.WaitAsync(Cancellation);
        disk.IsFull = false;
        await first.Done.Task.WaitAsync(Cancellation);
        await second.Done.Task.WaitAsync(Cancellation);
        Assert.True(await writer.WriteAsync(statements => statements.Documents.Insert("c", "after", 1, "{}"u8), Cancellation));

        Assert.Equal(3, JournalSchema.Scalar(_file.Writer, "SELECT count(*) FROM documents"));
        Assert.Equal(0, JournalSchema.Scalar(_file.Writer, "SELECT count(*) FROM documents WHERE key='refused'"));
        Assert.Contains(_logger.Lines, line => line.Level == LogLevel.Error && line.Exception?.Message.StartsWith("SQLite Error 13", StringComparison.Ordinal) == true);
        Assert.Contains(_logger.Lines, line => line.Exception is null && line.Level < LogLevel.Error);
    }

    [Fact]
    public async Task Notified_Throwing_LeavesOthersNotified()
    {
        using var held = new HeldCommits();
        using var writer = new JournalWriter(_file.Writer, held, _logger);
        var failing = new SizedWrite(1) { OnCommitted = () => throw new InvalidOperationException("Not reported.") };
        var other = new SizedWrite(1);
        writer.Submit(failing);
        writer.Submit(other);
        held.Release();
        await other.Done.Task.WaitAsync(Cancellation);

        Assert.Contains(_logger.Lines, line => line.Exception?.Message == "Not reported.");
        Assert.True(await writer.WriteAsync(_ => true, Cancellation));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Crash_AroundACommit_NotifiesNobodyAndTakesNothingMore(bool before, int documents)
    {
        var crash = new Crash(before);
        var writer = new JournalWriter(_file.Writer, crash, _logger);
        var write = new SizedWrite(1);
        writer.Submit(write);
        await crash.Reached.Task.WaitAsync(Cancellation);
        writer.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => writer.WriteAsync(_ => true, Cancellation));

        Assert.False(write.Done.Task.IsCompleted);
        Assert.Equal(documents, JournalSchema.Scalar(_file.Writer, "SELECT count(*) FROM documents"));
        Assert.Equal(1, crash.Commits);
    }

    [Fact]
    public async Task Commit_Durable_IsReportedWithItsNewestTurn()
    {
        var notified = new List<long>();
        using (var writer = new JournalWriter(_file.Writer, null, _logger, notified.Add))
        {
            for (int turn = 1; turn <= 3; turn++)
            {
                await writer.WriteAsync(
                    statements =>
                    {
                        statements.AppendTurn(1, turn, [1]);
                        return true;
                    },
                    Cancellation);
            }
        }

        Assert.Equal([1, 2, 3], notified);
    }

    [Fact]
    public void Readers_Idle_AreReusedUntilTheyAreDisposed()
    {
        var readers = new JournalReaders(_file);
        JournalReader first = readers.Read(reader => reader);
        Assert.Same(first, readers.Read(reader => reader));
        JournalReader? inner = null;
        readers.Read(outer => inner = readers.Read(reader => reader));
        Assert.NotSame(first, inner);
        JournalReader lent = readers.Read(reader =>
        {
            readers.Dispose();
            return reader;
        });

        Assert.Throws<ObjectDisposedException>(() => readers.Read(reader => reader));
        Assert.All([first, inner!, lent], reader => Assert.ThrowsAny<Exception>(() => reader.LastDefinition()));
    }

    private static Thread Waiter(JournalWriter writer)
    {
        var thread = new Thread(writer.WaitForQueue) { IsBackground = true };
        thread.Start();
        return thread;
    }

    /// <summary>A write of a size that must not be lost: a document of its own.</summary>
    private sealed class SizedWrite(long size) : JournalWrite
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource WasDelayed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Action? OnCommitted { get; init; }

        public override long Size => size;

        public override void Apply(JournalStatements statements) => statements.Documents.Insert("c", $"{GetHashCode()}", 1, "{}"u8);

        public override void Committed()
        {
            OnCommitted?.Invoke();
            Done.TrySetResult();
        }

        public override void Failed(Exception reason) => Done.TrySetException(reason);

        public override void Delayed(Exception reason) => WasDelayed.TrySetResult();
    }

    /// <summary>A disk without room until it has some again.</summary>
    private sealed class FullDisk : IJournalProbe
    {
        private volatile bool _isFull = true;

        public bool IsFull
        {
            set => _isFull = value;
        }

        public void BeforeCommit(int writes)
        {
            lock (this)
            {
                if (_isFull)
                {
                    throw new Microsoft.Data.Sqlite.SqliteException("SQLite Error 13: 'database or disk is full'.", 13);
                }
            }
        }

        public void AfterCommit(int writes)
        {
        }
    }

    private sealed class Crash(bool before) : IJournalProbe
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Commits { get; private set; }

        public void BeforeCommit(int writes)
        {
            Commits++;
            Halt(before);
        }

        public void AfterCommit(int writes) => Halt(!before);

        private void Halt(bool here)
        {
            if (here)
            {
                Reached.TrySetResult();
                throw new JournalHaltedException();
            }
        }
    }
}
