namespace StepFlow.Language.Compilation;

/// <summary>A field of a state that is evaluated when the state runs: a literal, a path, a template or a JSONata expression. It checks the type and the range of its value.</summary>
public abstract class Field<T>
{
    /// <summary>The value for a scope; the failure of the state if it is missing, of another type, or out of range.</summary>
    /// <param name="scope">The data that the expressions of the state can read.</param>
    public abstract Outcome<T> Evaluate(StateScope scope);
}
