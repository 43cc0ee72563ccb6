using System.Text;
using StepFlow.Execution;
using StepFlow.Functions.Messages;
using StepFlow.Runtime.Definitions;

namespace StepFlow.Functions.Orchestration;

/// <summary>Executions as payloads of their orchestrations.</summary>
internal static class ExecutionSnapshots
{
    /// <summary>The execution of an input.</summary>
    public static async Task<WorkflowExecution> RestoreAsync(ExecutionInput input, OrchestrationPayloads payloads) => WorkflowExecution.Restore(
        CompiledMachines.Get(Encoding.UTF8.GetString(await payloads.ReadUtf8Async(input.Definition))),
        await payloads.ReadUtf8Async(input.Snapshot));

    /// <summary>A snapshot as a payload.</summary>
    public static Task<Payload> CaptureAsync(WorkflowExecution execution, OrchestrationPayloads payloads) =>
        payloads.WriteUtf8Async(execution.Capture());
}
