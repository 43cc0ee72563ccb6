using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Storage;

/// <summary>Documents that this process read a short while ago and has not written since.</summary>
internal sealed class RecentDocuments(TimeProvider time)
{
    /// <summary>The maximum number of documents. When it is reached, all are removed.</summary>
    private const int MaxDocuments = 1000;

    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Document Document, DateTimeOffset Until)> _documents = new(StringComparer.Ordinal);
    private long _change;

    /// <summary>A document; null where none is known.</summary>
    /// <param name="change">The number of the last change of any document. A reading that begins now passes it to <see cref="Add"/>.</param>
    public Document? Find(string name, out long change)
    {
        lock (_gate)
        {
            change = _change;
            return _documents.TryGetValue(name, out (Document Document, DateTimeOffset Until) found) && time.GetUtcNow() < found.Until ? found.Document : null;
        }
    }

    /// <summary>Adds a document. Does nothing if any document was changed since the reading began, because it could be this one.</summary>
    /// <param name="document">The document; null if there was none. Then nothing is added.</param>
    /// <param name="change">The number of the last change when the reading began.</param>
    public void Add(string name, Document? document, long change)
    {
        lock (_gate)
        {
            if (document is null || change != _change)
            {
                return;
            }

            if (_documents.Count >= MaxDocuments)
            {
                _documents.Clear();
            }

            _documents[name] = (document, time.GetUtcNow() + Recent);
        }
    }

    /// <summary>A document was changed here, or found changed.</summary>
    public void Remove(string name)
    {
        lock (_gate)
        {
            _change++;
            _documents.Remove(name);
        }
    }
}
