using StepFlow.Integrations.Tasks;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// An object store that repeats requests after an outage, with pauses, for about two
/// minutes. Then the request fails, so that Retry and Catch of the workflow apply.
/// </summary>
/// <param name="clock">The clock of the pauses.</param>
internal sealed class RepeatedObjectStore(IObjectStore inner, TimeProvider clock) : IObjectStore
{
    private static readonly int[] PauseSeconds = [1, 2, 4, 8, 15, 30, 30, 30];

    public long MaxItemBytes => inner.MaxItemBytes;

    public Task ReadAsync(ObjectAddress address, ObjectSlice slice, Func<ObjectContent, CancellationToken, Task> read, CancellationToken cancellationToken) =>
        ReadAsync(address, () => slice, read, cancellationToken);

    /// <summary>Reads an object that may be large. After an outage the reading continues where it stopped.</summary>
    /// <param name="read">Reads the content; it ends when this returns.</param>
    /// <exception cref="ObjectStoreException">It cannot be read.</exception>
    public Task ReadAsync(ObjectAddress address, Func<ObjectSlice> rest, Func<ObjectContent, CancellationToken, Task> read, CancellationToken cancellationToken) =>
        RepeatAsync(() => inner.ReadAsync(address, rest(), read, cancellationToken), rest, cancellationToken);

    /// <summary>Reads an object without repeating it after an outage.</summary>
    public Task ReadOnceAsync(ObjectAddress address, ObjectSlice slice, Func<ObjectContent, CancellationToken, Task> read, CancellationToken cancellationToken) =>
        inner.ReadAsync(address, slice, read, cancellationToken);

    public Task<ObjectPage> ListAsync(string bucket, string prefix, string? page, CancellationToken cancellationToken) =>
        RepeatAsync(() => inner.ListAsync(bucket, prefix, page, cancellationToken), static () => null, cancellationToken);

    public Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        RepeatAsync(() => inner.WriteAsync(address, content, cancellationToken), static () => null, cancellationToken);

    public Task WriteAsync(ObjectAddress address, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        RepeatAsync(() => inner.WriteAsync(address, write, cancellationToken), static () => null, cancellationToken);

    private Task<bool> RepeatAsync(Func<Task> request, Func<ObjectSlice?> rest, CancellationToken cancellationToken) => RepeatAsync(
        async () =>
        {
            await request();
            return true;
        },
        rest,
        cancellationToken);

    private async Task<T> RepeatAsync<T>(Func<Task<T>> request, Func<ObjectSlice?> rest, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            ObjectSlice? before = rest();
            try
            {
                return await request();
            }
            catch (Exception failure) when (failure is not (ObjectStoreException or MapItemsException) && !cancellationToken.IsCancellationRequested)
            {
                // If something was read since, this is a new outage.
                attempt = rest() == before ? attempt : 0;
                if (attempt == PauseSeconds.Length || !Outages.IsOutage(failure))
                {
                    throw new ObjectStoreException($"The object store failed: {failure.Message}", failure);
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(PauseSeconds[attempt]), clock, cancellationToken);
        }
    }
}
