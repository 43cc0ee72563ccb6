using System.Runtime.CompilerServices;

namespace StepFlow.Runtime.Ports;

/// <summary>Keeps small named documents (state machines, versions, aliases, tags, activities, map runs) with optimistic concurrency. A table locally, blobs with ETags on Azure.</summary>
public interface IDocumentStore
{
    /// <summary>A document; null if there is none.</summary>
    Task<Document?> FindAsync(string collection, string key, CancellationToken cancellationToken);

    /// <summary>
    /// A document as it is, or as it was a few seconds ago if another process has changed it. Not for changes, because
    /// they would be based on old data.
    /// </summary>
    Task<Document?> FindRecentAsync(string collection, string key, CancellationToken cancellationToken) => FindAsync(collection, key, cancellationToken);

    /// <summary>Writes a document durably.</summary>
    /// <param name="expectedVersion">The version that it must still have; null if it must not exist.</param>
    /// <returns>The new version; null where the expectation did not hold, and nothing was written.</returns>
    Task<string?> WriteAsync(string collection, string key, JsonValue value, string? expectedVersion, CancellationToken cancellationToken);

    /// <summary>Deletes a document. False if it has another version, or does not exist.</summary>
    Task<bool> DeleteAsync(string collection, string key, string expectedVersion, CancellationToken cancellationToken);

    /// <summary>Documents in the order of their keys (ordinal).</summary>
    Task<IReadOnlyList<Document>> ListAsync(string collection, string prefix, string? after, int count, CancellationToken cancellationToken);

    /// <summary>All documents whose keys begin with a prefix, in the order of their keys. They are read in pages.</summary>
    async IAsyncEnumerable<Document> AllAsync(string collection, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int PageSize = 100;
        IReadOnlyList<Document> page = [];
        do
        {
            page = await ListAsync(collection, prefix, page is [.., var last] ? last.Key : null, PageSize, cancellationToken);
            foreach (Document document in page)
            {
                yield return document;
            }
        }
        while (page.Count == PageSize);
    }
}

/// <summary>A document.</summary>
/// <param name="Version">Its version: an opaque text that changes with every write.</param>
public sealed record Document(string Key, JsonValue Value, string Version);
