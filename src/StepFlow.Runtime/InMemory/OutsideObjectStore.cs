using StepFlow.Runtime.MapRuns;

namespace StepFlow.Runtime.InMemory;

/// <summary>Reads and writes real objects for callers inside a virtual clock, which stands still meanwhile.</summary>
internal sealed class OutsideObjectStore(VirtualClock clock, IObjectStore objects) : IObjectStore
{
    public long MaxItemBytes => objects.MaxItemBytes;

    public Task ReadAsync(ObjectAddress address, ObjectSlice slice, Func<ObjectContent, CancellationToken, Task> read, CancellationToken cancellationToken) =>
        clock.RunOutsideAsync(() => objects.ReadAsync(address, slice, read, cancellationToken));

    public Task<ObjectPage> ListAsync(string bucket, string prefix, string? page, CancellationToken cancellationToken) =>
        clock.RunOutsideAsync(() => objects.ListAsync(bucket, prefix, page, cancellationToken));

    public Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        clock.RunOutsideAsync(() => objects.WriteAsync(address, content, cancellationToken));

    public Task WriteAsync(ObjectAddress address, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        clock.RunOutsideAsync(() => objects.WriteAsync(address, write, cancellationToken));
}
