using StepFlow.Runtime.MapRuns;

namespace StepFlow.Testing;

/// <summary>An object store that counts the bytes and the pages of listings that are read from it.</summary>
public sealed class CountedObjects(IObjectStore inner) : IObjectStore
{
    private long _bytes;
    private int _reads;
    private int _pages;

    /// <summary>How many bytes were read, of all objects.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>How often an object was opened.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>How many pages of listings were read.</summary>
    public int Pages => Volatile.Read(ref _pages);

    public long MaxItemBytes => inner.MaxItemBytes;

    public Task ReadAsync(ObjectAddress address, ObjectSlice slice, Func<ObjectContent, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        return inner.ReadAsync(address, slice, (content, token) => read(content with { Stream = new Counted(content.Stream, this) }, token), cancellationToken);
    }

    public Task<ObjectPage> ListAsync(string bucket, string prefix, string? page, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _pages);
        return inner.ListAsync(bucket, prefix, page, cancellationToken);
    }

    public Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.WriteAsync(address, content, cancellationToken);

    public Task WriteAsync(ObjectAddress address, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        inner.WriteAsync(address, write, cancellationToken);

    private sealed class Counted(Stream stream, CountedObjects owner) : ForwardStream
    {
        public override int Read(byte[] buffer, int offset, int count) => Count(stream.Read(buffer, offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await stream.ReadAsync(buffer, cancellationToken));

        private int Count(int read)
        {
            Interlocked.Add(ref owner._bytes, read);
            return read;
        }
    }
}
