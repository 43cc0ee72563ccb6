using System.Collections.Frozen;

namespace StepFlow.Language.Compilation;

/// <summary>A set of connected states: those of a state machine, of a branch of a Parallel, or of a Map's item processor.</summary>
public sealed class StateGraph
{
    /// <summary>The state named by <c>StartAt</c>.</summary>
    public required CompiledState Start { get; init; }

    /// <summary>The states by name.</summary>
    public required FrozenDictionary<string, CompiledState> States { get; init; }
}
