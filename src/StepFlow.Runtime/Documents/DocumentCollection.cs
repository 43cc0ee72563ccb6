using System.Runtime.CompilerServices;

namespace StepFlow.Runtime.Documents;

/// <summary>A collection of documents of one type.</summary>
/// <param name="documents">Where they are stored.</param>
/// <param name="read">Reads a document.</param>
/// <param name="write">Writes a document.</param>
/// <typeparam name="T">The content of a document.</typeparam>
public sealed class DocumentCollection<T>(IDocumentStore documents, string name, Func<JsonObject, T> read, Func<T, JsonObject> write)
    where T : class
{
    /// <summary>The documents of the JSON values that a store returned. If a store returns the same value again, its document is not parsed again.</summary>
    private readonly ConditionalWeakTable<JsonValue, T> _known = [];

    public async Task<Stored<T>?> FindAsync(string key, CancellationToken cancellationToken) =>
        await documents.FindAsync(name, key, cancellationToken) is { } found ? new(Read(found.Value), found.Version) : null;

    /// <summary>A document as it is, or as it was a few seconds ago; null if there is none. See <see cref="IDocumentStore.FindRecentAsync"/>.</summary>
    public async Task<T?> FindRecentAsync(string key, CancellationToken cancellationToken) =>
        await documents.FindRecentAsync(name, key, cancellationToken) is { } found ? Read(found.Value) : null;

    /// <summary>Writes a new document. False if it exists.</summary>
    public async Task<bool> CreateAsync(string key, T value, CancellationToken cancellationToken) =>
        await documents.WriteAsync(name, key, write(value), null, cancellationToken) is not null;

    /// <summary>Changes a document. Repeats the change if another writer changed the document in the meantime.</summary>
    /// <param name="change">The change. It can throw to cancel, and can run more than once. Null deletes the document.</param>
    /// <returns>The document after the change; null if there was none, or if it was deleted.</returns>
    public async Task<T?> ChangeAsync(string key, Func<T, T?> change, CancellationToken cancellationToken)
    {
        while (await FindAsync(key, cancellationToken) is { } stored)
        {
            T? changed = change(stored.Value);
            if (ReferenceEquals(changed, stored.Value))
            {
                return changed;
            }

            bool done = changed is null
                ? await documents.DeleteAsync(name, key, stored.Version, cancellationToken)
                : await documents.WriteAsync(name, key, write(changed), stored.Version, cancellationToken) is not null;
            if (done)
            {
                return changed;
            }
        }

        return null;
    }

    /// <summary>Deletes a document, independent of its version. Does nothing if there is none.</summary>
    public Task DeleteAsync(string key, CancellationToken cancellationToken) => ChangeAsync(key, _ => null, cancellationToken);

    /// <summary>Documents in the order of their keys.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, T>>> ListAsync(string prefix, string? after, int count, CancellationToken cancellationToken) =>
        [.. (await documents.ListAsync(name, prefix, after, count, cancellationToken)).Select(document => KeyValuePair.Create(document.Key, read((JsonObject)document.Value)))];

    private T Read(JsonValue value) => _known.GetValue(value, known => read((JsonObject)known));
}

/// <summary>A document with the version it was read at.</summary>
/// <param name="Value">Its content.</param>
/// <param name="Version">The version, opaque.</param>
/// <typeparam name="T">The content of a document.</typeparam>
public sealed record Stored<T>(T Value, string Version);
