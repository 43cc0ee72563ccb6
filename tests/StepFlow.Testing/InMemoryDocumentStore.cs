using System.Globalization;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Testing;

/// <summary>Documents in memory.</summary>
public sealed class InMemoryDocumentStore : IDocumentStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedDictionary<string, Document>> _collections = new(StringComparer.Ordinal);
    private long _version;

    /// <inheritdoc/>
    public Task<Document?> FindAsync(string collection, string key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_collections.GetValueOrDefault(collection)?.GetValueOrDefault(key));
        }
    }

    /// <inheritdoc/>
    public Task<string?> WriteAsync(string collection, string key, JsonValue value, string? expectedVersion, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_collections.TryGetValue(collection, out SortedDictionary<string, Document>? documents))
            {
                _collections.Add(collection, documents = new(StringComparer.Ordinal));
            }

            if (documents.GetValueOrDefault(key)?.Version != expectedVersion)
            {
                return Task.FromResult<string?>(null);
            }

            string version = (++_version).ToString(CultureInfo.InvariantCulture);
            documents[key] = new(key, value, version);
            return Task.FromResult<string?>(version);
        }
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string collection, string key, string expectedVersion, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(
                _collections.GetValueOrDefault(collection) is { } documents
                && documents.TryGetValue(key, out Document? document)
                && document.Version == expectedVersion
                && documents.Remove(key));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Document>> ListAsync(string collection, string prefix, string? after, int count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            IReadOnlyList<Document> page = _collections.GetValueOrDefault(collection) is { } documents
                ? [.. documents.Values.Where(document => document.Key.StartsWith(prefix, StringComparison.Ordinal) && (after is null || string.CompareOrdinal(document.Key, after) > 0)).Take(count)]
                : [];
            return Task.FromResult(page);
        }
    }
}
