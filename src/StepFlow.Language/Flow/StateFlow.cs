using StepFlow.Language.Definition;

namespace StepFlow.Language.Flow;

/// <summary>How data flows through one state, as far as the definition tells; one implementation for each query language.</summary>
internal abstract class StateFlow
{
    public static StateFlow For(State state) => state.QueryLanguage == QueryLanguage.JsonPath ? new JsonPathFlow(state) : new JsonataFlow(state);

    /// <summary>What leaves the state by its Next, its rules and its Default.</summary>
    public abstract Shape Output(Shape input, FlowScope scope);

    /// <summary>What leaves it by a catcher.</summary>
    public abstract Shape Caught(Catcher catcher, Shape input, FlowScope scope);

    /// <summary>What the branches of a Parallel are given.</summary>
    public abstract Shape BranchInput(Shape input, FlowScope scope);

    /// <summary>What each item's execution of a Map is given, before it is batched.</summary>
    public abstract Shape ItemInput(MapState map, Shape input, FlowScope scope);

    /// <summary>What the state's own work gives, where the definition tells.</summary>
    protected static Shape Result(State state, Shape arguments) => state switch
    {
        PassState { Result: { } written } => Shape.Of(written),
        PassState or WaitState or ChoiceState or SucceedState or FailState => arguments,
        ParallelState => Shape.Array(Shape.Unknown),
        MapState { ResultWriter: null } => Shape.Array(Shape.Unknown),
        _ => Shape.Unknown,
    };
}
