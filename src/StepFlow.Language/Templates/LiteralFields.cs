using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;

namespace StepFlow.Language.Templates;

/// <summary>A text that is given as such.</summary>
public sealed class LiteralText(string text) : TextField
{
    public override Outcome<string> Evaluate(StateScope scope) => text;
}

/// <summary>A number that is given as such; its range was checked with the definition.</summary>
public sealed class LiteralNumber(double number) : NumberField
{
    public override Outcome<double> Evaluate(StateScope scope) => number;
}
