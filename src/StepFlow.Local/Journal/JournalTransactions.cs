using Microsoft.Data.Sqlite;

namespace StepFlow.Local.Journal;

/// <summary>Makes transactions of writes. Used by one thread at a time.</summary>
/// <param name="connection">The connection that writes.</param>
/// <param name="probe">Is notified of commits. Null for none.</param>
/// <param name="logger">The log for failures.</param>
/// <param name="committed">Called after each commit with the number of the newest turn. Null for no call.</param>
internal sealed class JournalTransactions(SqliteConnection connection, IJournalProbe? probe, ILogger logger, Action<long>? committed) : IDisposable
{
    private readonly JournalStatements _statements = new(connection);
    private volatile bool _isHalted;
    private bool _isNoteFailing;

    /// <summary>Whether the probe has simulated a crash. Then nothing more is written, and no caller is notified.</summary>
    public bool IsHalted
    {
        get => _isHalted;
        private set => _isHalted = value;
    }

    /// <summary>Makes a batch of writes durable. Notifies no caller.</summary>
    /// <returns>The failure. Null if the batch is durable, or if the probe simulates a crash (<see cref="IsHalted"/>).</returns>
    public Exception? TryCommit(IReadOnlyList<JournalWrite> batch)
    {
        try
        {
            _statements.Begin();
            foreach (JournalWrite write in batch)
            {
                write.Apply(_statements);
            }

            if (Probed(batch.Count, before: true))
            {
                _statements.Commit();
                NoteCommit();
                _ = Probed(batch.Count, before: false);
            }

            return null;
        }
        catch (Exception failure)
        {
            try
            {
                _statements.Rollback();
            }
            catch (SqliteException e)
            {
                // The next transaction tries to roll back again.
                LocalLogs.CommitFailed(logger, e, batch.Count, 0);
            }

            return failure;
        }
    }

    public void Dispose() => _statements.Dispose();

    /// <summary>The batch is durable whatever happens here.</summary>
    private void NoteCommit()
    {
        try
        {
            committed?.Invoke(_statements.LastTurn);
            _isNoteFailing = false;
        }
        catch (Exception e)
        {
            if (!_isNoteFailing)
            {
                // Logged once, because the log may be on the same disk.
                _isNoteFailing = true;
                LocalLogs.CommitNotNoted(logger, e);
            }
        }
    }

    /// <summary>False if the probe simulates a crash.</summary>
    private bool Probed(int writes, bool before)
    {
        try
        {
            if (before)
            {
                probe?.BeforeCommit(writes);
            }
            else
            {
                probe?.AfterCommit(writes);
            }

            return true;
        }
        catch (JournalHaltedException)
        {
            IsHalted = true;
            if (before)
            {
                _statements.Rollback();
            }

            return false;
        }
    }
}
