using Microsoft.DurableTask;

namespace StepFlow.Functions.Tests.Durable.Worker;

/// <summary>An orchestrator as the worker's engine runs it.</summary>
internal sealed class WorkerOrchestrator(AppOrchestrator orchestrator, Action left) : ITaskOrchestrator
{
    /// <inheritdoc/>
    public Type InputType => orchestrator.Input;

    /// <inheritdoc/>
    public Type OutputType => typeof(object);

    /// <inheritdoc/>
    public Task<object?> RunAsync(TaskOrchestrationContext context, object? input)
    {
        SynchronizationContext.SetSynchronizationContext(new OneThread(SynchronizationContext.Current!, left));
        return orchestrator.RunAsync(context);
    }
}
