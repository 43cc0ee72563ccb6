using Microsoft.DurableTask;

namespace StepFlow.Functions.TaskHub;

/// <summary>An orchestrator as the worker's engine runs it.</summary>
internal sealed class HubOrchestrator(AppOrchestrator orchestrator) : ITaskOrchestrator
{
    public Type InputType => orchestrator.Input;

    public Type OutputType => typeof(object);

    public Task<object?> RunAsync(TaskOrchestrationContext context, object? input) => orchestrator.RunAsync(context);
}
