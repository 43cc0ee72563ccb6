using StepFlow.Language.Compilation;

namespace StepFlow.Language.Choices;

/// <summary><c>And</c> and <c>Or</c>: stops at the first condition that decides.</summary>
/// <param name="conditions">The conditions, at least one.</param>
/// <param name="deciding">The value that decides: false for <c>And</c>, true for <c>Or</c>.</param>
public sealed class CombinedCondition(Field<bool>[] conditions, bool deciding) : Field<bool>
{
    public override Outcome<bool> Evaluate(StateScope scope)
    {
        foreach (Field<bool> condition in conditions)
        {
            Outcome<bool> outcome = condition.Evaluate(scope);
            if (!outcome.IsSuccess || outcome.Value == deciding)
            {
                return outcome;
            }
        }

        return !deciding;
    }
}

/// <summary><c>Not</c>.</summary>
public sealed class NotCondition(Field<bool> condition) : Field<bool>
{
    public override Outcome<bool> Evaluate(StateScope scope)
    {
        Outcome<bool> outcome = condition.Evaluate(scope);
        return outcome.IsSuccess ? !outcome.Value : outcome;
    }
}
