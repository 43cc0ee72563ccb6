namespace StepFlow.Language.Flow;

/// <summary>The data flow through one state, as far as the definition determines it. There is one implementation for each query language.</summary>
internal abstract class StateFlow
{
    public static StateFlow For(State state) => state.QueryLanguage == QueryLanguage.JsonPath ? new JsonPathFlow(state) : new JsonataFlow(state);

    /// <summary>What leaves the state by its Next, its rules and its Default.</summary>
    public abstract ValueShape Output(ValueShape input, FlowScope scope);

    /// <summary>What leaves it by a catcher.</summary>
    public abstract ValueShape Caught(Catcher catcher, ValueShape input, FlowScope scope);

    /// <summary>The input of the branches of a Parallel.</summary>
    public abstract ValueShape BranchInput(ValueShape input, FlowScope scope);

    /// <summary>The input of each item of a Map, before batching.</summary>
    public abstract ValueShape ItemInput(MapState map, ValueShape input, FlowScope scope);

    /// <summary>The result of the state's work, if the definition determines it.</summary>
    protected static ValueShape Result(State state, ValueShape arguments) => state switch
    {
        PassState { Result: { } written } => ValueShape.Of(written),
        PassState or WaitState or ChoiceState or SucceedState or FailState => arguments,
        ParallelState => ValueShape.Array(ValueShape.Unknown),
        MapState { ResultWriter: null } => ValueShape.Array(ValueShape.Unknown),
        _ => ValueShape.Unknown,
    };
}
