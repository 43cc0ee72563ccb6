namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>The variables and functions that an expression does not bind itself.</summary>
internal abstract class OuterVariables
{
    /// <summary>The value of a name without <c>$</c>; null if there is none.</summary>
    public abstract JsonValue? Find(string name);
}
