namespace StepFlow.Language.Validation;

/// <summary>Walks the graphs inside states.</summary>
internal static class StateTree
{
    /// <summary>The graphs directly inside a state: a Parallel's branches, a Map's item processor.</summary>
    public static IEnumerable<StateGraphDefinition> Graphs(State state) => state switch
    {
        ParallelState parallel => parallel.Branches,
        MapState { Processor: { } processor } => [processor],
        _ => [],
    };

    /// <summary>All states of a graph and of the graphs inside it. Each state precedes the states inside it.</summary>
    public static IEnumerable<State> All(StateGraphDefinition graph)
    {
        foreach (State state in graph.States)
        {
            yield return state;
            foreach (State inner in Graphs(state).SelectMany(All))
            {
                yield return inner;
            }
        }
    }

    /// <summary>The state, its catchers and its rules: everything in it that can have <c>Assign</c>.</summary>
    public static IEnumerable<DefinitionNode> Assigning(State state) => [state, .. Catchers(state), .. (state as ChoiceState)?.Choices ?? []];

    public static IReadOnlyList<Retrier> Retriers(State state) => (state as RetryableState)?.Retry ?? [];

    public static IReadOnlyList<Catcher> Catchers(State state) => (state as RetryableState)?.Catch ?? [];
}
