using Microsoft.DurableTask;

namespace StepFlow.Functions.Tests.Durable;

/// <summary>An orchestrator function.</summary>
/// <param name="Input">The type of its input.</param>
/// <param name="RunAsync">Runs it.</param>
internal sealed record DurableOrchestrator(Type Input, Func<TaskOrchestrationContext, Task<object?>> RunAsync);
