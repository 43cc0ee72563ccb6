using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace StepFlow.Functions.Orchestration;

/// <summary>The durable orchestrator that interprets a state machine: one instance for each Standard execution.</summary>
/// <param name="completions">Receives executions that have succeeded. Their ends are stored once their instances have completed.</param>
internal sealed class ExecutionOrchestrator(ICompletions completions)
{
    /// <summary>Runs an execution to its end, or to the point where it continues as new.</summary>
    /// <exception cref="ExecutionEndedException">The execution failed, timed out or was stopped; the instance fails with its error.</exception>
    [Function(ActivityNames.Orchestrator)]
    public async Task<ExecutionEnd?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ExecutionEnd? end = await new OrchestratedExecution(context).RunAsync();
        if (end is not null && !context.IsReplaying)
        {
            completions.Expect(context.InstanceId);
        }

        return end;
    }
}
