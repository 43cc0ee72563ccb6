using StepFlow.Language.Evaluation;

namespace StepFlow.Language.Compilation;

/// <summary>How data flows into and out of a state; one implementation for each query language.</summary>
public abstract class StateData
{
    /// <summary>
    /// What the state works on. JSONPath: <c>InputPath</c>, then <c>Parameters</c> (of a Pass, Task, Parallel; a Map's
    /// apply to its items). JSONata: <c>Arguments</c>, or the input where there are none.
    /// </summary>
    public abstract Outcome<JsonValue> Arguments(StateScope scope);

    /// <summary>
    /// What leaves the state. JSONPath: <c>ResultSelector</c>, <c>ResultPath</c>, <c>OutputPath</c>. JSONata:
    /// <c>Output</c>. With the variables that <c>Assign</c> sets; all see the values at the state's entry.
    /// </summary>
    /// <param name="scope">What the expressions see.</param>
    /// <param name="result">What the state produced: a task's result, a Pass's result, the array of a Map or Parallel.</param>
    public abstract Outcome<StateResult> Complete(StateScope scope, JsonValue result);

    /// <summary>Whether <see cref="Arguments"/> needs nothing of the input's content. Of a large input only its place must be known then.</summary>
    public abstract bool PassesInputUnread { get; }

    /// <summary>Whether <see cref="Complete"/> needs nothing of the result's content.</summary>
    public abstract bool PassesResultUnread { get; }

    /// <summary>What becomes of the raw input in <see cref="Complete"/>.</summary>
    public abstract InputUse InputUse { get; }
}
