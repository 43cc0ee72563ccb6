namespace StepFlow.Language.Evaluation;

/// <summary>What the expressions of one state can see while it runs. The execution supplies it; nothing in it changes during an evaluation but the position of <see cref="Entropy"/>.</summary>
public abstract class StateScope
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

    /// <summary>Is shown the stages of the data flow; null where nobody looks.</summary>
    public virtual IStateInspector? Inspector => null;
}
