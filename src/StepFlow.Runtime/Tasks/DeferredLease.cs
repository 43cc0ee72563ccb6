namespace StepFlow.Runtime.Tasks;

/// <summary>Holds a deferred call for one process, so that no other makes it at the same time.</summary>
internal sealed class DeferredLease(IDocumentStore documents, string collection, Document document, DeferredCall call, TimeSpan length, TimeProvider time)
{
    private string _version = document.Version;

    /// <summary>Takes the lease. False if another process has it, or the call no longer exists.</summary>
    public Task<bool> TakeAsync(CancellationToken cancellationToken) => WriteAsync(call with { Due = time.GetUtcNow() + length, IsLeased = true }, cancellationToken);

    /// <summary>Holds it until cancelled.</summary>
    public async Task RenewAsync(CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await Task.Delay(length / 2, time, ended);
                await TakeAsync(ended);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // It has ended.
        }
    }

    /// <summary>Releases the call, so that the next process takes it when it is due.</summary>
    public Task ReleaseAsync(DeferredCall next, CancellationToken cancellationToken) => WriteAsync(next with { IsLeased = false }, cancellationToken);

    /// <summary>There is nothing left to do.</summary>
    public Task RemoveAsync(CancellationToken cancellationToken) => documents.DeleteAsync(collection, document.Key, _version, cancellationToken);

    private async Task<bool> WriteAsync(DeferredCall next, CancellationToken cancellationToken)
    {
        string? written = await documents.WriteAsync(collection, document.Key, next.ToJson(), _version, cancellationToken);
        _version = written ?? _version;
        return written is not null;
    }
}
