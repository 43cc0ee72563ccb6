using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StepFlow.Functions.Orchestration;

namespace StepFlow.Functions.Executions;

/// <summary>
/// Stores the ends of executions that succeeded, after their instances have completed. It needs no activity, so it costs
/// the orchestration neither messages nor time. Until then readers take the end from the instance. If this process
/// crashes before, the next retention run does it.
/// </summary>
internal sealed class ExecutionFinisher(
    ExecutionEnding ending, DurableClients clients, [FromKeyedServices(RealTime.Key)] TimeProvider realTime, ILogger<ExecutionFinisher> logger) : ICompletions, IHostedService, IDisposable
{
    /// <summary>So many ends are stored at a time.</summary>
    private const int Requests = 32;

    /// <summary>A turn that was not stored after so long was lost, or another instance of the app stores it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task> _expected = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _room = new(Requests);
    private readonly CancellationTokenSource _stop = new();
    private bool _isDisposed;

    /// <inheritdoc/>
    public void Expect(string instanceId)
    {
        lock (_gate)
        {
            if (!_expected.ContainsKey(instanceId))
            {
                _expected.Add(instanceId, Task.Run(() => FinishAsync(instanceId)));
            }
        }
    }

    /// <summary>Waits until all known ends are stored.</summary>
    public async Task IdleAsync(CancellationToken cancellationToken)
    {
        Task all;
        do
        {
            lock (_gate)
            {
                all = Task.WhenAll(_expected.Values);
            }

            await all.WaitAsync(cancellationToken);
        }
        while (!IsIdle());
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for the current work.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => IdleAsync(cancellationToken);

    /// <summary>Cancels the current work. It is registered as several services, so it is disposed several times.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _stop.Cancel();
        _stop.Dispose();
        _room.Dispose();
    }

    private async Task FinishAsync(string instanceId)
    {
        try
        {
            long begun = realTime.GetTimestamp();
            TimeSpan pause = FirstPause;
            do
            {
                await Task.Delay(pause, realTime, _stop.Token);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            while (!await TryFinishAsync(instanceId, _stop.Token) && realTime.GetElapsedTime(begun) < Longest);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            if (!_stop.IsCancellationRequested)
            {
                FunctionsLogs.EndNotStored(logger, e, instanceId);
            }
        }
        finally
        {
            lock (_gate)
            {
                _expected.Remove(instanceId);
            }
        }
    }

    /// <summary>Stores the end of an instance. False where it has not completed.</summary>
    private async Task<bool> TryFinishAsync(string instanceId, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        try
        {
            OrchestrationMetadata? instance = await clients.FindAsync(instanceId, cancellationToken);
            if (instance is { IsCompleted: false })
            {
                return false;
            }

            if (instance is not null && InstanceView.End(instance) is { } end)
            {
                await ending.EndCompletedAsync(end, cancellationToken);
            }

            return true;
        }
        finally
        {
            _room.Release();
        }
    }

    private bool IsIdle()
    {
        lock (_gate)
        {
            return _expected.Count == 0;
        }
    }
}
