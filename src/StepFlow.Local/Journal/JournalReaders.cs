using System.Collections.Concurrent;

namespace StepFlow.Local.Journal;

/// <summary>Connections that read, each lent to one caller at a time. They see what was committed.</summary>
internal sealed class JournalReaders(JournalFile file) : IDisposable
{
    private readonly ConcurrentBag<JournalReader> _idle = [];
    private bool _disposed;

    public T Read<T>(Func<JournalReader, T> question)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        JournalReader reader = _idle.TryTake(out JournalReader? idle) ? idle : new JournalReader(file.OpenReader());
        try
        {
            return question(reader);
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

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out JournalReader? reader))
        {
            reader.Dispose();
        }
    }
}
