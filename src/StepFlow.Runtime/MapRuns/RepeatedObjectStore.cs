using StepFlow.Integrations.Tasks;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// An object store whose outages are waited out: a request that fails with one is repeated, with pauses, for about two
/// minutes. Then it counts as refused, so that the workflow hears of it and its Retry and Catch apply.
/// </summary>
/// <param name="inner">The store.</param>
/// <param name="clock">The clock of the pauses.</param>
internal sealed class RepeatedObjectStore(IObjectStore inner, TimeProvider clock) : IObjectStore
{
    private static readonly int[] PauseSeconds = [1, 2, 4, 8, 15, 30, 30, 30];

    public long MaxItemBytes => inner.MaxItemBytes;

    public Task ReadAsync(ObjectAddress address, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken) =>
        RepeatAsync(async () =>
        {
            await inner.ReadAsync(address, read, cancellationToken);
            return true;
        }, cancellationToken);

    public Task<IReadOnlyList<ObjectSummary>> ListAsync(string bucket, string prefix, CancellationToken cancellationToken) =>
        RepeatAsync(() => inner.ListAsync(bucket, prefix, cancellationToken), cancellationToken);

    public Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        RepeatAsync(async () =>
        {
            await inner.WriteAsync(address, content, cancellationToken);
            return true;
        }, cancellationToken);

    public Task<long> WriteAsync(ObjectAddress address, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        RepeatAsync(() => inner.WriteAsync(address, write, cancellationToken), cancellationToken);

    private async Task<T> RepeatAsync<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await request();
            }
            catch (Exception failure) when (failure is not (ObjectStoreException or MapItemsException) && !cancellationToken.IsCancellationRequested)
            {
                if (attempt == PauseSeconds.Length || !Outages.IsOutage(failure))
                {
                    throw new ObjectStoreException($"The object store failed: {failure.Message}", failure);
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(PauseSeconds[attempt]), clock, cancellationToken);
        }
    }
}
