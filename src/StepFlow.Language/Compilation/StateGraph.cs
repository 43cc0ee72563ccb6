using System.Collections.Frozen;

namespace StepFlow.Language.Compilation;

/// <summary>A set of states that transition among themselves: a machine's, a Parallel branch's, or a Map's item processor.</summary>
public sealed class StateGraph
{
    /// <summary>The state named by <c>StartAt</c>.</summary>
    public required CompiledState Start { get; init; }

    /// <summary>The states by name.</summary>
    public required FrozenDictionary<string, CompiledState> States { get; init; }
}
