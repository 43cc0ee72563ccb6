using System.Collections.Concurrent;

namespace StepFlow.Functions.Tests.Durable;

/// <summary>Runs an episode's continuations on the calling thread, one after the other, as the real worker does.</summary>
internal sealed class SingleThread : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _queue = new();

    public override void Post(SendOrPostCallback d, object? state) => _queue.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public static void Run(Action<SingleThread> episode)
    {
        SynchronizationContext? before = Current;
        var context = new SingleThread();
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
