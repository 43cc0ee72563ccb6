namespace StepFlow.Language.Compilation;

/// <summary>A state, ready to run. A closed family: <see cref="CompiledPass"/>, <see cref="CompiledTask"/>, <see cref="CompiledChoice"/>, <see cref="CompiledWait"/>, <see cref="CompiledSucceed"/>, <see cref="CompiledFail"/>, <see cref="CompiledParallel"/>, <see cref="CompiledMap"/>.</summary>
public abstract class CompiledState
{
    private protected CompiledState(StateKind kind) => Kind = kind;

    /// <summary>The state's type.</summary>
    public StateKind Kind { get; }

    /// <summary>The state's name, unique in its machine.</summary>
    public required string Name { get; init; }

    /// <summary>The query language of the state's own fields.</summary>
    public required QueryLanguage QueryLanguage { get; init; }

    /// <summary>How data flows through the state.</summary>
    public required StateData Data { get; init; }

    /// <summary>The state to go to; null where the state ends its graph, or decides by itself (Choice, Fail).</summary>
    public CompiledState? Next { get; internal set; }
}
