using StepFlow.Language.Evaluation;

namespace StepFlow.Language.Compilation;

/// <summary>A field with a number: a literal, a path or a JSONata expression. It checks its range.</summary>
public abstract class NumberField
{
    public abstract Outcome<double> Evaluate(StateScope scope);
}
