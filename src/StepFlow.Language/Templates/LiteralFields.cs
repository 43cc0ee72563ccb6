using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;

namespace StepFlow.Language.Templates;

/// <summary>A text that is given as such.</summary>
/// <param name="text">The text.</param>
public sealed class LiteralText(string text) : TextField
{
    public override Outcome<string> Evaluate(StateScope scope) => text;
}

/// <summary>A number that is given as such; its range was checked with the definition.</summary>
/// <param name="number">The number.</param>
public sealed class LiteralNumber(double number) : NumberField
{
    public override Outcome<double> Evaluate(StateScope scope) => number;
}
