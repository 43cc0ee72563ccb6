namespace StepFlow.Language.Compilation;

/// <summary>How data flows into and out of a state; one implementation for each query language.</summary>
public abstract class StateData
{
    /// <summary>
    /// The arguments of the state. JSONPath: <c>InputPath</c>, then <c>Parameters</c> (of a Pass, Task or Parallel; for a Map
    /// they apply to its items). JSONata: <c>Arguments</c>, or the input if there are none.
    /// </summary>
    public abstract Outcome<JsonValue> Arguments(StateScope scope);

    /// <summary>
    /// What leaves the state. JSONPath: <c>ResultSelector</c>, <c>ResultPath</c>, <c>OutputPath</c>. JSONata:
    /// <c>Output</c>. All expressions, those of <c>Assign</c> too, see the variables at the state's entry.
    /// </summary>
    /// <param name="scope">The data that the expressions can read.</param>
    /// <param name="result">The result of the state: a task's result, a Pass's result, the array of a Map or Parallel.</param>
    /// <param name="assigned">The variables that Assign sets; null where it sets none.</param>
    /// <returns>The output.</returns>
    public abstract Outcome<JsonValue> Complete(StateScope scope, JsonValue result, out JsonObject? assigned);

    /// <summary>Whether <see cref="Arguments"/> does not read the input's content. Then a large input does not have to be loaded.</summary>
    public abstract bool PassesInputUnread { get; }

    /// <summary>Whether <see cref="Complete"/> needs nothing of the result's content.</summary>
    public abstract bool PassesResultUnread { get; }

    /// <summary>What becomes of the raw input in <see cref="Complete"/>.</summary>
    public abstract InputUse InputUse { get; }
}
