using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;
using StepFlow.Language;
using StepFlow.Language.Compilation;
using StepFlow.Language.Loading;

namespace StepFlow.Runtime.Definitions;

/// <summary>
/// The state machines that executions run on, each compiled once for all parts of a process. Static, because an
/// orchestration on Azure has no container. Compiled machines do not change, and are shared.
/// </summary>
public static class CompiledMachines
{
    /// <summary>The maximum total length of the cached definitions, in characters, so that generated definitions do not use more and more memory.</summary>
    private const long MaxCharacters = 32 * 1024 * 1024;

    private static readonly MemoryCache Machines = new(new MemoryCacheOptions { SizeLimit = MaxCharacters });

    /// <summary>The machines by the string object of their definition, because comparing a long text takes longer than a short execution.</summary>
    private static readonly ConditionalWeakTable<string, StateMachine> Held = [];
    private static readonly ConditionalWeakTable<string, StateMachine> HeldExpress = [];

    /// <summary>The machine of a definition.</summary>
    /// <param name="definition">The definition's text.</param>
    /// <param name="type">The type of its executions.</param>
    /// <exception cref="DefinitionException">The text is not a valid definition. The service checks definitions before it accepts them.</exception>
    public static StateMachine Get(string definition, StateMachineType type = StateMachineType.Standard) => type == StateMachineType.Express
        ? HeldExpress.GetValue(definition, static text => Find(text, StateMachineType.Express))
        : Held.GetValue(definition, static text => Find(text, StateMachineType.Standard));

    private static StateMachine Find(string definition, StateMachineType type) => Machines.GetOrCreate((definition, type), static entry =>
    {
        var (definition, type) = ((string, StateMachineType))entry.Key;
        entry.Size = definition.Length;
        LoadResult result = StateMachineLoader.Load(definition, type);
        return result.Machine ?? throw new DefinitionException(string.Join("; ", result.Diagnostics.Where(static found => found.IsError)));
    })!;
}
