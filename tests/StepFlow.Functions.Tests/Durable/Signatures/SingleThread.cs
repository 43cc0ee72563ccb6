using System.Collections.Concurrent;

namespace StepFlow.Functions.Tests.Durable.Signatures;

/// <summary>
/// Runs an episode's continuations on the calling thread, one after the other, as the real worker does. One that comes
/// from another thread tells that the orchestrator awaited something other than its context's tasks.
/// </summary>
internal sealed class SingleThread : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Action _left;

    private SingleThread(Action left) => _left = left;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _left();
        }

        _queue.Enqueue((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <summary>Runs an episode.</summary>
    /// <param name="left">Called where the orchestrator has left the thread.</param>
    /// <param name="episode">The episode.</param>
    public static void Run(Action left, Action<SingleThread> episode)
    {
        SynchronizationContext? before = Current;
        var context = new SingleThread(left);
        SetSynchronizationContext(context);
        try
        {
            episode(context);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public void Drain()
    {
        while (_queue.TryDequeue(out (SendOrPostCallback Callback, object? State) next))
        {
            next.Callback(next.State);
        }
    }
}
