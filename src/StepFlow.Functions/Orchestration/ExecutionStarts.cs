using StepFlow.Execution;
using StepFlow.Language.Compilation;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;

namespace StepFlow.Functions.Orchestration;

/// <summary>Between an execution's core and the input of its orchestration.</summary>
internal static class ExecutionStarts
{
    /// <summary>The machine of an input.</summary>
    /// <exception cref="InvalidOperationException">The definition is none: it was validated before, so this is a bug.</exception>
    public static StateMachine Machine(JsonValue definition, string? mapState)
    {
        string text = ((JsonString)definition).Value;
        StateMachine machine = StateMachineLoader.Load(text).Machine
            ?? throw new InvalidOperationException("The definition of a running execution cannot be loaded.");
        return mapState is null ? machine : MapProcessors.Find(machine, mapState);
    }

    /// <summary>The execution of an input.</summary>
    public static async Task<WorkflowExecution> RestoreAsync(ExecutionInput input, OrchestrationPayloads payloads)
    {
        StateMachine machine = Machine(await payloads.ReadAsync(input.Definition), input.MapState);
        return WorkflowExecution.Restore(machine, Snapshot(await payloads.ReadAsync(input.Snapshot)));
    }

    /// <summary>A snapshot as a payload.</summary>
    public static Task<Payload> CaptureAsync(WorkflowExecution execution, OrchestrationPayloads payloads) =>
        payloads.WriteAsync(JsonValue.Parse(execution.Capture()));

    /// <summary>A payload as a snapshot.</summary>
    public static byte[] Snapshot(JsonValue value) => value.ToUtf8();
}
