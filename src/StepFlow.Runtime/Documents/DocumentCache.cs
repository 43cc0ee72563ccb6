using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;

namespace StepFlow.Runtime.Documents;

/// <summary>
/// Caches documents, because each start of an execution reads its state machine. This process changes documents only through this
/// class. During a change a document is read from the store, because only the store shows whether the change was made.
/// </summary>
/// <param name="lifetime">After how long a document is read again, where other processes change it too; null where no other process does.</param>
public sealed class DocumentCache(TimeProvider time, TimeSpan? lifetime = null) : IDisposable
{
    /// <summary>Bytes of documents, as text.</summary>
    private const long MostBytes = 8 * 1024 * 1024;

    private readonly MemoryCache _documents = new(new MemoryCacheOptions { SizeLimit = MostBytes });
    private readonly ConcurrentDictionary<string, Changes> _changes = new(StringComparer.Ordinal);

    /// <summary>A document; null if there is none.</summary>
    /// <param name="read">Reads it from the store.</param>
    public async ValueTask<Document?> FindAsync(string collection, string key, Func<Task<Document?>> read)
    {
        if (_documents.TryGetValue((collection, key), out (Document Document, DateTimeOffset? Until) known) && (known.Until is not { } until || time.GetUtcNow() < until))
        {
            return known.Document;
        }

        Changes changes = Of(collection);
        long before = changes.Seen();
        Document? found = await read();
        if (found is not null)
        {
            changes.RunIfUnchanged(before, () => _documents.Set(
                (collection, key), (found, time.GetUtcNow() + lifetime), new MemoryCacheEntryOptions { Size = found.Value.Utf8Length + key.Length + collection.Length }));
        }

        return found;
    }

    /// <summary>Changes a document. After the change the cache never returns the previous version.</summary>
    /// <param name="change">Makes the change. Ends when it is certain whether it was made.</param>
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
    /// <param name="change">Makes the changes. Ends when it is certain whether they were made.</param>
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

    /// <summary>The changes of one collection. A document that was read during a change is not cached, as it may be older than the change.</summary>
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

        public void RunIfUnchanged(long before, Action action)
        {
            lock (_gate)
            {
                if (_running == 0 && _count == before)
                {
                    action();
                }
            }
        }

        public void Begin(Action remove)
        {
            lock (_gate)
            {
                _count++;
                _running++;
                remove();
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
