using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Engine;

/// <summary>
/// Documents as they were last read: every start of an execution asks for its state machine. Only this process writes the
/// data folder, so that a document stays as it is until it is changed here. While one is being changed it is read from the
/// data file, which alone knows whether the change has been committed.
/// </summary>
internal sealed class DocumentCache : IDisposable
{
    /// <summary>Bytes of documents, as text.</summary>
    private const long MostBytes = 8 * 1024 * 1024;

    private readonly MemoryCache _documents = new(new MemoryCacheOptions { SizeLimit = MostBytes });
    private readonly ConcurrentDictionary<string, Changes> _changes = new(StringComparer.Ordinal);

    /// <summary>A document; null where there is none.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="key">The key in it.</param>
    /// <param name="read">Reads it from the data file.</param>
    public Document? Find(string collection, string key, Func<Document?> read)
    {
        if (_documents.TryGetValue((collection, key), out Document? known))
        {
            return known;
        }

        Changes changes = Of(collection);
        long before = changes.Seen();
        Document? found = read();
        if (found is not null)
        {
            changes.Keep(before, () => _documents.Set(
                (collection, key), found, new MemoryCacheEntryOptions { Size = found.Value.Utf8Length + key.Length + collection.Length }));
        }

        return found;
    }

    /// <summary>Changes a document. Nobody is given what it was before, once this has ended.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="key">The key in it.</param>
    /// <param name="change">Makes the change; ends when it is known whether it was made.</param>
    public async Task<T> ChangeAsync<T>(string collection, string key, Func<Task<T>> change)
    {
        Changes changes = Of(collection);
        changes.Begin(() => _documents.Remove((collection, key)));
        try
        {
            return await change();
        }
        finally
        {
            changes.End();
        }
    }

    /// <summary>Changes any documents.</summary>
    /// <param name="change">Makes the changes; ends when it is known whether they were made.</param>
    public async Task<T> ChangeAnyAsync<T>(Func<Task<T>> change)
    {
        try
        {
            return await change();
        }
        finally
        {
            foreach (Changes changes in _changes.Values)
            {
                changes.Begin(_documents.Clear);
                changes.End();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _documents.Dispose();

    private Changes Of(string collection) => _changes.GetOrAdd(collection, static _ => new());

    /// <summary>The changes of one collection: what was read while one was made is not kept, as it may be older than the change.</summary>
    private sealed class Changes
    {
        private readonly Lock _gate = new();
        private long _count;
        private int _running;

        public long Seen()
        {
            lock (_gate)
            {
                return _count;
            }
        }

        public void Keep(long before, Action keep)
        {
            lock (_gate)
            {
                if (_running == 0 && _count == before)
                {
                    keep();
                }
            }
        }

        public void Begin(Action forget)
        {
            lock (_gate)
            {
                _count++;
                _running++;
                forget();
            }
        }

        public void End()
        {
            lock (_gate)
            {
                _count++;
                _running--;
            }
        }
    }
}
