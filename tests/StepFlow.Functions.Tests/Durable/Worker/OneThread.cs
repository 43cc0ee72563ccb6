namespace StepFlow.Functions.Tests.Durable.Worker;

/// <summary>Reports where a continuation of an orchestrator comes from a thread other than its own.</summary>
internal sealed class OneThread(SynchronizationContext engine, Action left) : SynchronizationContext
{
    private readonly int _thread = Environment.CurrentManagedThreadId;

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            left();
        }

        engine.Post(
            posted =>
            {
                SynchronizationContext? before = Current;
                SetSynchronizationContext(this);
                try
                {
                    d(posted);
                }
                finally
                {
                    SetSynchronizationContext(before);
                }
            },
            state);
    }
}
