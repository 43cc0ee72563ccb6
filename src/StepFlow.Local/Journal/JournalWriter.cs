using Microsoft.Data.Sqlite;

namespace StepFlow.Local.Journal;

/// <summary>
/// Writes to the data file, one transaction at a time. Its thread takes all queued writes, makes one transaction of them, and notifies
/// the callers after the commit. Meanwhile the next batch is collected, so many executions share one commit. If nothing is
/// queued, a caller may commit its write on its own thread, because waking another one takes longer than most commits.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    /// <summary>The number of attempts at a batch after which writes of new requests are rejected.</summary>
    private const int MaxAttempts = 6;

    /// <summary>In milliseconds.</summary>
    private const int ShortestPause = 10;
    private const int LongestPause = 3000;

    /// <summary>The maximum number of writes in a batch, so that one commit does not become too long.</summary>
    private const int BatchSize = 4096;

    /// <summary>The maximum size of queued writes. Beyond it, executions wait before they make further turns.</summary>
    private const long MaxQueuedBytes = 32 * 1024 * 1024;

    private readonly object _gate = new();
    private readonly object _queueGate = new();
    private readonly JournalTransactions _transactions;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private Queue<JournalWrite> _waiting = new();
    private Queue<JournalWrite> _taken = new();
    private readonly List<JournalWrite> _batch = [];
    private volatile bool _stopping;

    // Whether a thread uses the transactions and the batch.
    private bool _isWriting;
    private long _bytes;
    private volatile JournalUnavailableException? _outage;
    private readonly ManualResetEvent _stop = new(false);
    private readonly Action<Action>? _together;

    /// <param name="connection">The connection that writes.</param>
    /// <param name="probe">Is notified of commits. Null for none.</param>
    /// <param name="logger">The log for failures.</param>
    /// <param name="committed">Called after each commit, before the next, with the number of the newest turn. Null for no call.</param>
    /// <param name="together">Runs the notifications of a commit, which start much work at the same time. Null for nothing around them.</param>
    public JournalWriter(SqliteConnection connection, IJournalProbe? probe, ILogger logger, Action<long>? committed = null, Action<Action>? together = null)
    {
        _together = together;
        _transactions = new JournalTransactions(connection, probe, logger, committed);
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "stepflow journal" };
        _thread.Start();
    }

    private bool IsStopping => _stopping || _transactions.IsHalted;

    /// <summary>Queues a write. Writes are made in the order of these calls.</summary>
    /// <param name="mayCommitHere">
    /// Whether the write may be committed on the caller's thread: if nothing is written or queued, and the last commit had no other
    /// writes, so that no others are expected which could share the commit.
    /// </param>
    public void Submit(JournalWrite write, bool mayCommitHere = false)
    {
        if (write.MayBeRefused && _outage is { } outage)
        {
            write.Failed(outage);
            return;
        }

        bool isAccepted;
        lock (_gate)
        {
            isAccepted = !IsStopping;
            mayCommitHere &= isAccepted && !_isWriting && _waiting.Count == 0 && _batch.Count <= 1;
            if (mayCommitHere)
            {
                _isWriting = true;
            }
            else if (isAccepted)
            {
                _waiting.Enqueue(write);
                if (_waiting.Count == 1)
                {
                    Monitor.Pulse(_gate);
                }
            }

            if (isAccepted)
            {
                Interlocked.Add(ref _bytes, write.Size);
            }
        }

        if (mayCommitHere)
        {
            WriteHere(write);
        }
        else if (!isAccepted)
        {
            write.Failed(new ObjectDisposedException(nameof(JournalWriter)));
        }
    }

    /// <summary>
    /// Waits while the queued writes use too much memory. Does not wait during an outage of the disk: then new requests
    /// are rejected, and each execution has only a few queued writes. Never called on the writer's thread.
    /// </summary>
    public void WaitForQueue()
    {
        if (Interlocked.Read(ref _bytes) <= MaxQueuedBytes)
        {
            return;
        }

        lock (_queueGate)
        {
            while (Interlocked.Read(ref _bytes) > MaxQueuedBytes && !IsStopping && _outage is null)
            {
                Monitor.Wait(_queueGate);
            }
        }
    }

    /// <summary>Makes a small change. Returns its result when it is durable.</summary>
    public Task<T> WriteAsync<T>(Func<JournalStatements, T> apply, CancellationToken cancellationToken)
    {
        var write = new FunctionWrite<T>(apply);
        Submit(write);
        return write.Done.WaitAsync(cancellationToken);
    }

    /// <summary>Makes the queued writes, then stops.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        ReleaseBytes(0);
        _stop.Set();
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }

        _transactions.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        while (!_transactions.IsHalted && Take())
        {
            while (_taken.Count > 0 && !_transactions.IsHalted)
            {
                _batch.Clear();
                while (_batch.Count < BatchSize && _taken.TryDequeue(out JournalWrite? write))
                {
                    _batch.Add(write);
                }

                long bytes = _batch.Sum(static write => write.Size);
                Write(_batch);
                ReleaseBytes(bytes);
            }

            EndWriting(null);
        }
    }

    /// <summary>Commits one write on the caller's thread. The writer's thread deals with a failure.</summary>
    private void WriteHere(JournalWrite write)
    {
        _batch.Clear();
        _batch.Add(write);
        if (_transactions.TryCommit(_batch) is not null)
        {
            EndWriting(write);
            return;
        }

        if (!_transactions.IsHalted)
        {
            NotifyCommitted(_batch);
        }

        EndWriting(null);
        ReleaseBytes(write.Size);
    }

    /// <param name="first">A write that failed, and that the writer's thread makes before the queued ones. Null for none.</param>
    private void EndWriting(JournalWrite? first)
    {
        lock (_gate)
        {
            _isWriting = false;
            if (first is not null)
            {
                _waiting = new([first, .. _waiting]);
            }

            Monitor.Pulse(_gate);
        }
    }

    private void ReleaseBytes(long bytes)
    {
        Interlocked.Add(ref _bytes, -bytes);
        lock (_queueGate)
        {
            Monitor.PulseAll(_queueGate);
        }
    }

    private bool Take()
    {
        lock (_gate)
        {
            while (_isWriting || (_waiting.Count == 0 && !IsStopping))
            {
                Monitor.Wait(_gate);
            }

            (_waiting, _taken) = (_taken, _waiting);
            _isWriting = _taken.Count > 0;
            return _isWriting;
        }
    }

    /// <summary>
    /// Commits a batch. During an outage of the disk it tries again with pauses. No completed work is lost, and
    /// new requests are rejected after some attempts. A write that fails for another reason fails alone.
    /// </summary>
    private void Write(List<JournalWrite> batch)
    {
        for (int attempt = 1; batch.Count > 0; attempt++)
        {
            if (_transactions.TryCommit(batch) is not { } failure)
            {
                if (_transactions.IsHalted)
                {
                    return;
                }

                if (attempt > 1)
                {
                    LocalLogs.WritesGoOn(_logger, attempt);
                }

                // Before anyone is notified: who then sends the next write must not be rejected.
                _outage = null;
                NotifyCommitted(batch);
                break;
            }

            if (!JournalFile.IsOutage(failure))
            {
                LocalLogs.CommitFailed(_logger, failure, batch.Count, attempt);
                Divide(batch, failure);
                break;
            }

            if (attempt == 1)
            {
                // Logged once, because the log may be on the same disk.
                LocalLogs.DiskTakesNoWrites(_logger, failure, batch.Count);
            }

            if (attempt >= MaxAttempts)
            {
                Refuse(batch, failure);
            }

            int pause = Math.Min(ShortestPause << Math.Min(attempt, 10), LongestPause);
            if (_stop.WaitOne(pause) && attempt >= MaxAttempts)
            {
                // Work whose result was not delivered is repeated after the next start.
                Notify(batch, write => write.Failed(Unavailable(failure, "Nothing was changed.")));
                break;
            }
        }

        _outage = null;
    }

    /// <summary>Finds the write that fails, so that the others are still made.</summary>
    private void Divide(List<JournalWrite> batch, Exception failure)
    {
        if (batch.Count == 1)
        {
            Notify(batch, write => write.Failed(failure));
            return;
        }

        foreach (List<JournalWrite> half in (List<JournalWrite>[])[batch[..(batch.Count / 2)], batch[(batch.Count / 2)..]])
        {
            if (!_transactions.IsHalted)
            {
                Write(half);
            }
        }
    }

    /// <summary>Rejects the writes of new requests, and notifies the other callers of the delay.</summary>
    private void Refuse(List<JournalWrite> batch, Exception failure)
    {
        JournalUnavailableException reason = Unavailable(failure, "Nothing was changed. Try again later.");
        long bytes;
        List<JournalWrite> refused = [.. batch.Where(static write => write.MayBeRefused)];
        batch.RemoveAll(static write => write.MayBeRefused);
        lock (_gate)
        {
            _outage = reason;
            List<JournalWrite> waiting = [.. _waiting.Where(static write => write.MayBeRefused)];
            refused.AddRange(waiting);
            bytes = waiting.Sum(static write => write.Size);
            _waiting = new(_waiting.Where(static write => !write.MayBeRefused));
        }

        ReleaseBytes(bytes);
        Notify(refused, write => write.Failed(reason));
        JournalUnavailableException delay = Unavailable(failure, "The change will be made when the outage is over. It is safe to repeat the request.");
        Notify(batch, write => write.Delayed(delay));
    }

    private void NotifyCommitted(List<JournalWrite> batch)
    {
        if (_together is null || batch.Count == 1)
        {
            Notify(batch, static write => write.Committed());
        }
        else
        {
            _together(() => Notify(batch, static write => write.Committed()));
        }
    }

    private void Notify(List<JournalWrite> batch, Action<JournalWrite> notify)
    {
        foreach (JournalWrite write in batch)
        {
            try
            {
                notify(write);
            }
            catch (Exception e)
            {
                // A failed notification must not prevent the others or end the thread.
                LocalLogs.WriteResultNotDelivered(_logger, e);
            }
        }
    }

    private static JournalUnavailableException Unavailable(Exception failure, string consequence) => new(
        $"The data file cannot be written: {failure.Message} {consequence} Make sure that the disk has free space and can be written. The server then continues automatically.", failure);
}
