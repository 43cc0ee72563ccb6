namespace StepFlow.Language.Evaluation;

/// <summary>The data that the expressions of one state can read while it runs. The execution provides it. During an evaluation only the position of <see cref="Entropy"/> changes.</summary>
/// <param name="steps">Counts the steps of the expressions; null if only the bounds of each expression apply.</param>
public abstract class StateScope(ExpressionSteps? steps = null)
{
    /// <summary>The raw input of the state (<c>$states.input</c>; for JSONPath what InputPath applies to).</summary>
    public abstract JsonValue Input { get; }

    /// <summary>The context object (<c>$$</c>, <c>$states.context</c>). Built on first use.</summary>
    public abstract JsonObject Context { get; }

    /// <summary>The variables in reach.</summary>
    public abstract VariableScope Variables { get; }

    /// <summary>The execution's random values.</summary>
    public abstract Entropy Entropy { get; }

    /// <summary>The time of the signal that is being worked on; expressions have no other clock.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>The quotas in force.</summary>
    public abstract Limits Limits { get; }

    /// <summary>Counts the steps of the expressions; null if only the bounds of each expression apply.</summary>
    public ExpressionSteps? Steps { get; } = steps;

    /// <summary>Receives the stages of the data flow; null if they are not needed.</summary>
    public IStateInspector? Inspector { get; set; }
}
