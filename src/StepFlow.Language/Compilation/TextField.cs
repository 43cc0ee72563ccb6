using StepFlow.Language.Evaluation;

namespace StepFlow.Language.Compilation;

/// <summary>A field with a text: a literal, a path or a JSONata expression.</summary>
public abstract class TextField
{
    public abstract Outcome<string> Evaluate(StateScope scope);
}
