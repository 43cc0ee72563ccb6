namespace StepFlow.Language.Validation;

/// <summary>The target of a transition must not be empty, even if nothing checks that the state exists (API operation TestState).</summary>
internal sealed class TargetNamesRule : StateRule
{
    public override void Check(State state, ValidationContext context)
    {
        foreach (Transition transition in Transition.Of(state))
        {
            if (transition.Target.Length == 0)
            {
                context.Diagnostics.Schema(DiagnosticMessages.Empty, transition.Location);
            }
        }
    }
}
