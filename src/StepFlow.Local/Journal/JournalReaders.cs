using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace StepFlow.Local.Journal;

/// <summary>Connections for reading. Each is used by one caller at a time. They read committed data.</summary>
internal sealed class JournalReaders(JournalFile file) : IDisposable
{
    private readonly ConcurrentBag<JournalReader> _idle = [];
    private bool _disposed;

    /// <exception cref="JournalUnavailableException">The file cannot be read for now.</exception>
    /// <exception cref="JournalException">The file is damaged where it was read.</exception>
    public T Read<T>(Func<JournalReader, T> query)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            return Query(query);
        }
        catch (SqliteException e) when (JournalFile.IsOutage(e))
        {
            throw new JournalUnavailableException(
                $"The data file cannot be read: {e.Message} Make sure that the disk has free space and works. The server then continues automatically.", e);
        }
        catch (SqliteException e)
        {
            throw new JournalException(JournalProblem.Corrupt, $"The data file is damaged where it was read: {e.Message} 'stepflow doctor' lists all damage.", e);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out JournalReader? reader))
        {
            reader.Dispose();
        }
    }

    private T Query<T>(Func<JournalReader, T> query)
    {
        JournalReader reader = _idle.TryTake(out JournalReader? idle) ? idle : new JournalReader(file.OpenReader());
        try
        {
            return query(reader);
        }
        finally
        {
            if (_disposed)
            {
                reader.Dispose();
            }
            else
            {
                _idle.Add(reader);
            }
        }
    }
}
