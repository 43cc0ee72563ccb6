using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;

namespace StepFlow.Language.Choices;

/// <summary><c>And</c>: all hold; stops at the first that does not.</summary>
/// <param name="conditions">The conditions, at least one.</param>
public sealed class AndCondition(ConditionField[] conditions) : ConditionField
{
    public override Outcome<bool> Evaluate(StateScope scope)
    {
        foreach (ConditionField condition in conditions)
        {
            Outcome<bool> outcome = condition.Evaluate(scope);
            if (!outcome.IsSuccess || !outcome.Value)
            {
                return outcome;
            }
        }

        return true;
    }
}

/// <summary><c>Or</c>: one holds; stops at the first that does.</summary>
/// <param name="conditions">The conditions, at least one.</param>
public sealed class OrCondition(ConditionField[] conditions) : ConditionField
{
    public override Outcome<bool> Evaluate(StateScope scope)
    {
        foreach (ConditionField condition in conditions)
        {
            Outcome<bool> outcome = condition.Evaluate(scope);
            if (!outcome.IsSuccess || outcome.Value)
            {
                return outcome;
            }
        }

        return false;
    }
}

/// <summary><c>Not</c>.</summary>
public sealed class NotCondition(ConditionField condition) : ConditionField
{
    public override Outcome<bool> Evaluate(StateScope scope)
    {
        Outcome<bool> outcome = condition.Evaluate(scope);
        return outcome.IsSuccess ? !outcome.Value : outcome;
    }
}
