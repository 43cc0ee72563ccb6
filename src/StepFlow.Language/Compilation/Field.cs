namespace StepFlow.Language.Compilation;

/// <summary>A field of a state that is evaluated when the state runs: a literal, a path, a template or a JSONata expression. It checks the type and the range of its value.</summary>
public abstract class Field<T>
{
    public abstract Outcome<T> Evaluate(StateScope scope);
}
