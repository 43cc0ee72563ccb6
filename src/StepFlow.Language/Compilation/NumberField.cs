using StepFlow.Language.Evaluation;

namespace StepFlow.Language.Compilation;

/// <summary>A field that gives a number: a literal, a path or a JSONata expression. Checks the field's own range.</summary>
public abstract class NumberField
{
    public abstract Outcome<double> Evaluate(StateScope scope);
}
