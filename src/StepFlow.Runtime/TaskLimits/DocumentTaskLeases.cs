using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.Documents;

namespace StepFlow.Runtime.TaskLimits;

/// <summary>
/// The leases by which several processes share limits, in documents that all read and write, one for each limit and key. A lease is renewed while its task
/// runs. The lease of a killed process expires after <see cref="LeaseTime"/>.
/// </summary>
public sealed class DocumentTaskLeases(IDocumentStore documents, TimeProvider time)
{
    /// <summary>How long a lease counts that is not renewed.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(60);

    private const string Collection = "task-limits";
    private static readonly TimeSpan RenewalTime = LeaseTime / 3;

    private TimeProvider Time => time;

    /// <summary>Takes a share, for a task that has its turn in this process.</summary>
    /// <param name="share">The limit and its key.</param>
    /// <param name="task">The task's idempotency key. A repetition of the task does not take a second lease.</param>
    /// <returns>Disposing it returns the lease. Null if other processes use the whole limit.</returns>
    public async Task<IAsyncDisposable?> TryTakeAsync(TaskShare share, string task, CancellationToken cancellationToken)
    {
        string id = Hash(task);
        string key = $"{share.Limit.Name}/{Hash(share.Key)}";
        return await ChangeAsync(key, state => state.Take(share.Limit, id, time.GetUtcNow()), cancellationToken) ? new Lease(this, share, key, id) : null;
    }

    private static string Hash(string text) => TextHash.Of(text)[..32];

    /// <summary>Changes a document. Repeats the change if another process has changed the document meanwhile. False if the limit is reached.</summary>
    private async Task<bool> ChangeAsync(string key, Func<LeaseState, LeaseState?> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            Document? document = await documents.FindAsync(Collection, key, cancellationToken);
            if (change(LeaseState.Read(document?.Value)) is not { } changed)
            {
                return false;
            }

            bool isChanged = changed.IsInitial && document is not null
                ? await documents.DeleteAsync(Collection, key, document.Version, cancellationToken)
                : await documents.WriteAsync(Collection, key, changed.ToJson(), document?.Version, cancellationToken) is not null;
            if (isChanged)
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(10, 100)), time, cancellationToken);
        }
    }

    private sealed class Lease : IAsyncDisposable
    {
        private readonly DocumentTaskLeases _leases;
        private readonly string _key;
        private readonly string _id;
        private readonly CancellationTokenSource _ended = new();
        private readonly Task _renewal;

        public Lease(DocumentTaskLeases leases, TaskShare share, string key, string id)
        {
            (_leases, _key, _id) = (leases, key, id);
            _renewal = RenewAsync(share.Limit);
        }

        public async ValueTask DisposeAsync()
        {
            await _ended.CancelAsync();
            await _renewal;
            _ended.Dispose();
            try
            {
                await _leases.ChangeAsync(_key, state => state.Return(_id), CancellationToken.None);
            }
            catch (Exception failure) when (Outages.IsOutage(failure))
            {
                // The task has ended and its outcome counts; the lease runs out by itself.
            }
        }

        private async Task TryRenewAsync(TaskLimit limit)
        {
            try
            {
                await _leases.ChangeAsync(_key, state => state.Take(limit, _id, _leases.Time.GetUtcNow()), _ended.Token);
            }
            catch (Exception failure) when (!_ended.IsCancellationRequested && Outages.IsOutage(failure))
            {
                // The next renewal comes before the lease runs out.
            }
        }

        private async Task RenewAsync(TaskLimit limit)
        {
            try
            {
                while (true)
                {
                    await Task.Delay(RenewalTime, _leases.Time, _ended.Token);
                    await TryRenewAsync(limit);
                }
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
                // The task has ended.
            }
        }
    }
}
