using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace StepFlow.Local.Journal;

/// <summary>
/// The one thread that writes. It takes everything that waits, makes it one transaction, and only after the commit
/// tells each writer: while one batch goes to the disk the next one gathers, so many executions share each wait.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    /// <summary>A batch that the disk refuses is tried again so often, a little later each time.</summary>
    private const int Attempts = 5;

    /// <summary>A batch holds at most so many writes, so that a burst does not make one commit long for all.</summary>
    private const int BatchSize = 4096;

    /// <summary>Beyond so many bytes that wait, whoever makes turns waits too.</summary>
    private const long Room = 32 * 1024 * 1024;

    private readonly object _gate = new();
    private readonly object _roomGate = new();
    private readonly JournalStatements _statements;
    private readonly IJournalProbe? _probe;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private Queue<JournalWrite> _waiting = new();
    private Queue<JournalWrite> _taken = new();
    private readonly List<JournalWrite> _batch = [];
    private volatile bool _stopping;
    private bool _halted;
    private long _bytes;

    public JournalWriter(SqliteConnection connection, IJournalProbe? probe, ILogger logger)
    {
        _statements = new JournalStatements(connection);
        _probe = probe;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "stepflow journal" };
        _thread.Start();
    }

    /// <summary>Hands in a write. Writes are made in the order in which they are handed in.</summary>
    public void Submit(JournalWrite write)
    {
        lock (_gate)
        {
            if (!_stopping)
            {
                Interlocked.Add(ref _bytes, write.Size);
                _waiting.Enqueue(write);
                if (_waiting.Count == 1)
                {
                    Monitor.Pulse(_gate);
                }

                return;
            }
        }

        write.Failed(new ObjectDisposedException(nameof(JournalWriter)));
    }

    /// <summary>Waits while more is to be written than should be held in memory. Never called by the writer's own thread.</summary>
    public void WaitForRoom()
    {
        if (Interlocked.Read(ref _bytes) <= Room)
        {
            return;
        }

        lock (_roomGate)
        {
            while (Interlocked.Read(ref _bytes) > Room && !_stopping)
            {
                Monitor.Wait(_roomGate);
            }
        }
    }

    /// <summary>Makes a small change; gives its result once it is durable.</summary>
    public Task<T> WriteAsync<T>(Func<JournalStatements, T> apply, CancellationToken cancellationToken)
    {
        var write = new FunctionWrite<T>(apply);
        Submit(write);
        return write.Done.WaitAsync(cancellationToken);
    }

    /// <summary>Writes what waits, then stops.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        MakeRoom(0);
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }

        _statements.Dispose();
    }

    private void Run()
    {
        while (!_halted && Take())
        {
            while (_taken.Count > 0 && !_halted)
            {
                _batch.Clear();
                while (_batch.Count < BatchSize && _taken.TryDequeue(out JournalWrite? write))
                {
                    _batch.Add(write);
                }

                long bytes = _batch.Sum(static write => write.Size);
                Write();
                MakeRoom(bytes);
            }
        }
    }

    private void MakeRoom(long bytes)
    {
        Interlocked.Add(ref _bytes, -bytes);
        lock (_roomGate)
        {
            Monitor.PulseAll(_roomGate);
        }
    }

    private bool Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_stopping)
            {
                Monitor.Wait(_gate);
            }

            (_waiting, _taken) = (_taken, _waiting);
            return _taken.Count > 0;
        }
    }

    private void Write()
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                _statements.Begin();
                foreach (JournalWrite write in _batch)
                {
                    write.Apply(_statements);
                }

                if (!Probed(before: true))
                {
                    return;
                }

                _statements.Commit();
                break;
            }
            catch (Exception e)
            {
                _statements.Rollback();
                Logs.CommitFailed(_logger, e, _batch.Count, attempt);
                if (attempt < Attempts && e is SqliteException { SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_BUSY })
                {
                    Thread.Sleep(100 << attempt);
                    continue;
                }

                foreach (JournalWrite write in _batch)
                {
                    write.Failed(e);
                }

                return;
            }
        }

        if (Probed(before: false))
        {
            foreach (JournalWrite write in _batch)
            {
                write.Committed();
            }
        }
    }

    /// <summary>False where the probe plays the crash: then nothing more is written or told.</summary>
    private bool Probed(bool before)
    {
        try
        {
            if (before)
            {
                _probe?.BeforeCommit(_batch.Count);
            }
            else
            {
                _probe?.AfterCommit(_batch.Count);
            }

            return true;
        }
        catch (JournalHaltedException)
        {
            _halted = true;
            if (before)
            {
                _statements.Rollback();
            }

            lock (_gate)
            {
                _stopping = true;
            }

            return false;
        }
    }
}
