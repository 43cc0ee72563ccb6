using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Runtime.Tasks;

/// <summary>
/// Calls functions without waiting for their results. Each call is a document until it has ended. It is made immediately, and again if the
/// host ends meanwhile. A function that fails is called twice more, after one and two minutes. One that
/// cannot be reached is called for six hours (AWS Lambda developer guide, "Asynchronous invocation").
/// </summary>
/// <param name="documents">The host's documents.</param>
/// <param name="runner">Runs the calls.</param>
/// <param name="logger">Logs each failure.</param>
public sealed class DeferredInvocations(IDocumentStore documents, Lazy<ITaskRunner> runner, TimeProvider time, ILogger<DeferredInvocations> logger) : IDeferredInvocations, IAsyncDisposable
{
    private const string Collection = "deferred-invocations";
    private const int MaxAttempts = 3;
    private const int MaxAtOnce = 32;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>The lease of a call. The process that makes the call renews the lease before it expires.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _free = new(MaxAtOnce, MaxAtOnce);
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    public async Task StoreAsync(TaskCall call, CancellationToken cancellationToken)
    {
        string key = DeferredCall.KeyOf(call);
        DateTimeOffset now = time.GetUtcNow();
        var stored = new DeferredCall(call, now, now, 0);
        if (await documents.WriteAsync(Collection, key, stored.ToJson(), null, cancellationToken) is { } version)
        {
            Start(new(key, stored.ToJson(), version));
        }
    }

    /// <summary>
    /// Makes due calls, again and again, until cancelled. For a host that runs all the time and is the only one with its
    /// documents. Calls that an earlier process was making when it ended are made immediately.
    /// </summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            await StartDueAsync(static call => call.IsLeased, stopping);
            while (await timer.WaitForNextTickAsync(stopping))
            {
                await StartDueAsync(static _ => false, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops; the rest is made after the next start.
        }
    }

    /// <summary>Makes due calls, and returns when they have ended. For a host that a timer starts.</summary>
    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        await StartDueAsync(static _ => false, cancellationToken);
        await Task.WhenAll(_running.Values).WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        // A container that registers it under two types disposes it twice.
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Values);
        _stopping.Dispose();
        _free.Dispose();
    }

    private async Task StartDueAsync(Func<DeferredCall, bool> earlier, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (Document document in documents.AllAsync(Collection, string.Empty, cancellationToken))
            {
                if (DeferredCall.Read(document.Value) is var call && (call.Due <= time.GetUtcNow() || earlier(call)))
                {
                    Start(document);
                }
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            RuntimeLogs.DeferredInvocationsNotRead(logger, e);
        }
    }

    private void Start(Document document)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_running.TryAdd(document.Key, started.Task))
        {
            _ = Task.Run(async () =>
            {
                try
                {
                    await InvokeAsync(document);
                }
                catch (Exception e)
                {
                    // Its lease ends, and then it is made again. If the host stops, this is not a failure.
                    if (!_stopping.IsCancellationRequested)
                    {
                        RuntimeLogs.DeferredInvocationsNotRead(logger, e);
                    }
                }
                finally
                {
                    _running.TryRemove(document.Key, out _);
                    started.SetResult();
                }
            });
        }
    }

    private async Task InvokeAsync(Document document)
    {
        await _free.WaitAsync(_stopping.Token);
        try
        {
            DeferredCall call = DeferredCall.Read(document.Value);
            var lease = new DeferredLease(documents, Collection, document, call, Lease, time);
            if (!await lease.TakeAsync(_stopping.Token))
            {
                return;
            }

            DeferredCall? next = await AttemptAsync(call, lease);
            if (next is null)
            {
                await lease.RemoveAsync(CancellationToken.None);
            }
            else
            {
                await lease.ReleaseAsync(next, CancellationToken.None);
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Makes a call once, and returns the remaining call; null if nothing remains.</summary>
    private async Task<DeferredCall?> AttemptAsync(DeferredCall call, DeferredLease lease)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        Task renewing = lease.RenewAsync(ended.Token);
        string reason;
        int attempts = call.Attempts;
        try
        {
            TaskOutcome outcome = await runner.Value.RunAsync(call.Call with { RetryCount = attempts }, _stopping.Token);
            if (outcome is not TaskRejected rejected)
            {
                return null;
            }

            reason = $"{rejected.Error}: {rejected.Cause}";
            attempts++;
        }
        catch (Exception outage) when (!_stopping.IsCancellationRequested && Outages.IsOutage(outage))
        {
            reason = Outages.ReasonOf(outage);
        }
        finally
        {
            await ended.CancelAsync();
            await renewing;
        }

        DateTimeOffset now = time.GetUtcNow();
        if (attempts >= MaxAttempts || now - call.StoredAt >= Longest)
        {
            RuntimeLogs.DeferredInvocationAbandoned(logger, call.Call.StateName, call.Call.ExecutionArn, reason);
            return null;
        }

        RuntimeLogs.DeferredInvocationFailed(logger, call.Call.StateName, call.Call.ExecutionArn, reason);
        return call with { Attempts = attempts, Due = now + TimeSpan.FromMinutes(Math.Max(1, attempts)) };
    }
}
