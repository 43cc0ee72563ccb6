using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using StepFlow.Functions.Messages;

namespace StepFlow.Functions.Orchestration;

/// <summary>The durable orchestrator that interprets a state machine: one instance for each Standard execution.</summary>
public static class ExecutionOrchestrator
{
    /// <summary>Runs an execution to its end, or to the point where it continues as new.</summary>
    /// <exception cref="ExecutionEndedException">The execution failed, timed out or was stopped; the instance fails with its error.</exception>
    [Function(ActivityNames.Orchestrator)]
    public static Task<Payload?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        new OrchestratedExecution(context).RunAsync();
}
