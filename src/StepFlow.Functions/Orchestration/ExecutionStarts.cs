using System.Text;
using Microsoft.Extensions.Caching.Memory;
using StepFlow.Execution;
using StepFlow.Functions.Messages;
using StepFlow.Language.Compilation;
using StepFlow.Language.Loading;

namespace StepFlow.Functions.Orchestration;

/// <summary>Between an execution's core and the input of its orchestration.</summary>
internal static class ExecutionStarts
{
    /// <summary>How many characters of definitions are kept compiled: each turn of an orchestration needs its machine.</summary>
    private const long CachedCharacters = 8 * 1024 * 1024;

    private static readonly MemoryCache Machines = new(new MemoryCacheOptions { SizeLimit = CachedCharacters });

    /// <summary>The machine of a definition. Compiled machines do not change, and are shared.</summary>
    /// <exception cref="InvalidOperationException">The definition is none: it was validated before, so this is a bug.</exception>
    public static StateMachine Machine(string definition) => Machines.GetOrCreate(definition, entry =>
    {
        entry.Size = definition.Length;
        return StateMachineLoader.Load(definition).Machine
            ?? throw new InvalidOperationException("The definition of a running execution cannot be loaded.");
    })!;

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
