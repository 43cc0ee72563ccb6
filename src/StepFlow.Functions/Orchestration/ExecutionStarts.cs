using System.Text;
using StepFlow.Execution;
using StepFlow.Language.Compilation;
using StepFlow.Language.Loading;

namespace StepFlow.Functions.Orchestration;

/// <summary>Between an execution's core and the input of its orchestration.</summary>
internal static class ExecutionStarts
{
    /// <summary>The machine of a definition.</summary>
    /// <exception cref="InvalidOperationException">The definition is none: it was validated before, so this is a bug.</exception>
    public static StateMachine Machine(string definition) => StateMachineLoader.Load(definition).Machine
        ?? throw new InvalidOperationException("The definition of a running execution cannot be loaded.");

    /// <summary>The execution of an input.</summary>
    public static async Task<WorkflowExecution> RestoreAsync(ExecutionInput input, OrchestrationPayloads payloads)
    {
        StateMachine machine = Machine(Encoding.UTF8.GetString(await payloads.ReadUtf8Async(input.Definition)));
        return WorkflowExecution.Restore(machine, await payloads.ReadUtf8Async(input.Snapshot));
    }

    /// <summary>A snapshot as a payload.</summary>
    public static Task<Payload> CaptureAsync(WorkflowExecution execution, OrchestrationPayloads payloads) =>
        payloads.WriteUtf8Async(execution.Capture());
}
