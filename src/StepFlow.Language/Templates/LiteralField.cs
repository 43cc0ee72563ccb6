using StepFlow.Language.Compilation;

namespace StepFlow.Language.Templates;

/// <summary>A value that is given as such; it was checked with the definition.</summary>
public sealed class LiteralField<T>(T value) : Field<T>
{
    public override Outcome<T> Evaluate(StateScope scope) => value;
}
