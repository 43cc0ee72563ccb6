using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Testing;

/// <summary>Documents that cannot be read or written as many times as a test sets.</summary>
public sealed class FailingDocuments : IDocumentStore
{
    private readonly InMemoryDocumentStore _inner = new();
    private int _failures;

    /// <summary>What the next calls throw.</summary>
    public Exception Failure { get; set; } = new IOException("No space left on device.");

    /// <summary>How many of the next calls fail.</summary>
    public int Failures
    {
        get => Volatile.Read(ref _failures);
        set => Volatile.Write(ref _failures, value);
    }

    /// <inheritdoc/>
    public Task<Document?> FindAsync(string collection, string key, CancellationToken cancellationToken) => Checked(() => _inner.FindAsync(collection, key, cancellationToken));

    /// <inheritdoc/>
    public Task<string?> WriteAsync(string collection, string key, JsonValue value, string? expectedVersion, CancellationToken cancellationToken) =>
        Checked(() => _inner.WriteAsync(collection, key, value, expectedVersion, cancellationToken));

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string collection, string key, string expectedVersion, CancellationToken cancellationToken) =>
        Checked(() => _inner.DeleteAsync(collection, key, expectedVersion, cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<Document>> ListAsync(string collection, string prefix, string? after, int count, CancellationToken cancellationToken) =>
        Checked(() => _inner.ListAsync(collection, prefix, after, count, cancellationToken));

    private Task<T> Checked<T>(Func<Task<T>> call) => Interlocked.Decrement(ref _failures) >= 0 ? Task.FromException<T>(Failure) : call();
}
