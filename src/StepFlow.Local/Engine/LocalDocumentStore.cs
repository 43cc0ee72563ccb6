using System.Globalization;
using StepFlow.Local.Journal;
using StepFlow.Runtime.Documents;

namespace StepFlow.Local.Engine;

/// <summary>Documents in a table of the journal. A version is a number that is never given twice.</summary>
internal sealed class LocalDocumentStore(JournalReaders readers, JournalWriter writer, DocumentCache cache, TimeProvider realTime) : IDocumentStore
{
    // Greater than any version given before the last restart.
    private long _lastVersion = realTime.GetUtcNow().Ticks;

    public Task<Document?> FindAsync(string collection, string key, CancellationToken cancellationToken) => cache.FindAsync(
        collection,
        key,
        () => Task.FromResult(readers.Read(reader => reader.FindDocument(collection, key)) is { } found ? ToDocument(key, found.Value, found.Version) : null)).AsTask();

    public async Task<string?> WriteAsync(string collection, string key, JsonValue value, string? expectedVersion, CancellationToken cancellationToken)
    {
        byte[] text = value.ToUtf8();
        long version = Interlocked.Increment(ref _lastVersion);
        bool written = await ChangeAsync(
            collection,
            key,
            documents => expectedVersion is null
                ? documents.Insert(collection, key, version, text)
                : documents.Update(collection, key, version, text, ToNumber(expectedVersion)),
            cancellationToken);
        return written ? ToText(version) : null;
    }

    public Task<bool> DeleteAsync(string collection, string key, string expectedVersion, CancellationToken cancellationToken) =>
        ChangeAsync(collection, key, documents => documents.Delete(collection, key, ToNumber(expectedVersion)), cancellationToken);

    public Task<IReadOnlyList<Document>> ListAsync(string collection, string prefix, string? after, int count, CancellationToken cancellationToken)
    {
        // Keys are compared as bytes: beyond every key with the prefix lies the prefix followed by the last character.
        string? until = prefix.Length == 0 ? null : prefix + char.ConvertFromUtf32(0x10FFFF);
        bool fromPrefix = after is null || string.CompareOrdinal(after, prefix) < 0;
        return Task.FromResult<IReadOnlyList<Document>>(readers.Read(reader => reader
            .ListDocuments(collection, fromPrefix ? prefix : after!, inclusive: fromPrefix, until, count)
            .Select(found => ToDocument(found.Key, found.Value, found.Version)).ToArray()));
    }

    /// <summary>If the caller stops waiting, the change is still made. So the cache waits until it has ended.</summary>
    private Task<bool> ChangeAsync(string collection, string key, Func<DocumentStatements, bool> change, CancellationToken cancellationToken) => cache
        .ChangeAsync(collection, key, () => writer.WriteAsync(statements => change(statements.Documents), CancellationToken.None))
        .WaitAsync(cancellationToken);

    private static Document ToDocument(string key, byte[] value, long version) => new(key, JsonValue.Parse(value), ToText(version));

    private static string ToText(long version) => version.ToString(CultureInfo.InvariantCulture);

    /// <summary>A text that is not a version is the version of no document.</summary>
    private static long ToNumber(string version) =>
        long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : -1;
}
