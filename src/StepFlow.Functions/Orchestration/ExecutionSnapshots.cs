using System.Text;
using StepFlow.Language.Compilation;
using StepFlow.Runtime.Definitions;

namespace StepFlow.Functions.Orchestration;

/// <summary>Executions as payloads of their orchestrations.</summary>
internal static class ExecutionSnapshots
{
    /// <summary>Restores the execution of an input, any number of times. Large values are only loaded when a state reads them.</summary>
    public static async Task<Func<WorkflowExecution>> OpenAsync(ExecutionInput input, OrchestrationPayloads payloads)
    {
        StateMachine machine = CompiledMachines.Get(Encoding.UTF8.GetString(await payloads.ReadUtf8Async(input.Definition)));
        byte[] snapshot = await payloads.ReadUtf8Async(input.Snapshot);
        return () => WorkflowExecution.Restore(machine, snapshot, payloads.Refer);
    }

    /// <summary>A snapshot as a payload.</summary>
    public static Task<Payload> CaptureAsync(WorkflowExecution execution, OrchestrationPayloads payloads) =>
        payloads.WriteUtf8Async(execution.Capture());
}
